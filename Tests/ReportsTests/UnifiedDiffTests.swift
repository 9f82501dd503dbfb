import Reports
import Testing

@Suite struct UnifiedDiffTests {
  @Test func equalTextsHaveNoDifference() {
    #expect(unifiedDiff(from: "a\nb\n", to: "a\nb\n", oldName: "x", newName: "y") == "")
  }

  @Test func changesAreShownWithTheirSurroundings() {
    let old = "a\nb\nc\nd\ne\nf\ng\nh\n"
    let new = "a\nb\nc\nd\nE\nf\ng\nh"
    #expect(
      unifiedDiff(from: old, to: new, oldName: "old", newName: "new") == """
        --- old
        +++ new
        @@ -2,7 +2,7 @@
         b
         c
         d
        -e
        +E
         f
         g
        -h
        +h
        \\ No newline at end of file

        """)
    #expect(
      unifiedDiff(from: "", to: "a\n", oldName: "old", newName: "new")
        == "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n")
  }

  @Test func textsThatOnlyLookAlikeDiffer() {
    #expect(unifiedDiff(from: "\u{E9}\n", to: "e\u{301}\n", oldName: "a", newName: "b") != "")
  }

  @Test func keptAndInsertedLinesAreTheNewText() {
    let seed: UInt64 = 41
    var generator = SeededGenerator(seed: seed)
    for round in 0..<500 {
      func text() -> String {
        (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          ["a", "b", "c"][Int.random(in: 0...2, using: &generator)] + "\n"
        }.joined()
      }
      let (old, new) = (text(), text())
      let difference = unifiedDiff(from: old, to: new, oldName: "o", newName: "n", context: 100)
      guard old != new else { continue }
      let lines = difference.split(separator: "\n").dropFirst(3)
      let kept = { (signs: String) in
        lines.filter { signs.contains($0.first ?? "?") }.map { $0.dropFirst() + "\n" }.joined()
      }
      #expect(kept(" -") == old, "seed \(seed) round \(round)")
      #expect(kept(" +") == new, "seed \(seed) round \(round)")
    }
  }

  @Test func thousandsOfChangesAreReplacedAltogether() {
    let old = (0..<5000).map { "a\($0)\n" }.joined()
    let new = (0..<5000).map { "b\($0)\n" }.joined()
    let difference = unifiedDiff(from: old, to: new, oldName: "o", newName: "n")
    #expect(difference.hasPrefix("--- o\n+++ n\n@@ -1,5000 +1,5000 @@\n-a0\n"))
  }
}
