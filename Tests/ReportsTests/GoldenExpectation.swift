import TestSupport
import Testing

/// Golden files of this target, relative to `Tests/Golden/reports`.
let goldenFiles: Set<String> = [
  "degenerate/empty.txt", "degenerate/one-point.txt", "degenerate/constant.txt",
  "degenerate/zero.txt", "degenerate/holes.txt", "degenerate/nothing-finite.txt",
  "degenerate/huge.txt", "degenerate/tiny.txt", "degenerate/near.txt", "confusion.txt",
  "sample.en.md", "sample.en.html", "sample.zh.md", "sample.zh.html",
]

/// Expects a text to be the committed one.
func expectGolden(
  _ name: String, _ actual: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(goldenFiles.contains(name), "\(name) is not in the list", sourceLocation: sourceLocation)
  let mismatch = try GoldenFile("reports/\(name)").mismatch(of: actual, filter: "ReportsTests")
  if let mismatch { Issue.record("\(mismatch)", sourceLocation: sourceLocation) }
}

@Suite struct GoldenFolderTests {
  @Test func noGoldenFileIsLeftOver() throws {
    let expected = Set(goldenFiles.map { "reports/\($0)" })
    #expect(try GoldenFile.orphans(in: "reports", expected: expected) == [])
  }
}
