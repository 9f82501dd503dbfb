import Diagnostics
import Experiments
import Reports
import Testing

/// Two ledgers side by side, as `assay diff` prints them.
struct LedgerDifferenceTests {
  private static func ledger(
    format: Int = 2, numerics: Int = 1, options: String = "", _ blocks: String
  ) throws -> Ledger {
    let text = """
      {"format": \(format), "numerics": \(numerics), "notebook": "a.md", \(options)
       "blocks": [\(blocks)], "documents": []}
      """
    let (ledger, diagnostics) = Ledger.decode(SourceFile(path: "a.ledger.json", text: text))
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.message))")
    return try #require(ledger)
  }

  private static func block(
    _ name: String, step: Character = "0", result: Character = "0", fields: String? = "",
    values: String = "", shapes: String = "", claims: String = ""
  ) -> String {
    let fieldText = fields.map { "\"fields\": {\($0)}," } ?? ""
    return """
      {"name": "\(name)", "kind": "train", \(fieldText)
       "steps": [{"id": "\(name)", "fingerprint": "\(String(repeating: step, count: 64))"}],
       "result": "\(String(repeating: result, count: 64))", "values": [\(values)],
       "shapes": [\(shapes)], "claims": [\(claims)]}
      """
  }

  private static func value(_ path: String, _ mean: String, _ repeats: String? = nil) -> String {
    let values = repeats.map { ", \"values\": [\($0)]" } ?? ""
    return "{\"path\": \"\(path)\", \"mean\": \(mean)\(values)}"
  }

  @Test func valuesFieldsAndClaimsStandInTables() throws {
    let claim = { (outcome: String) in "{\"text\": \"test.f1 > 0.5\", \"outcome\": \"\(outcome)\"}"
    }
    let before = try Self.ledger(
      [
        Self.block(
          "fit", fields: "\"optimizer.adamw.lr\": \"0.001\"",
          values: [
            Self.value("test.f1", "0.5"), Self.value("test.f1[a|b]", "0.25"),
            Self.value("epochs", "2"),
          ].joined(separator: ","), claims: claim("fails")),
        Self.block("old", values: Self.value("x", "1")),
      ].joined(separator: ","))
    let after = try Self.ledger(
      [
        Self.block(
          "fit", step: "1", result: "1", fields: "\"optimizer.adamw.lr\": \"0.01\"",
          values: [
            Self.value("test.f1", "0.75"), Self.value("test.f1[a|b]", "0.2500000001"),
            Self.value("epochs", "2"),
          ].joined(separator: ","), claims: claim("holds")),
        Self.block("新", values: Self.value("y", "\"NaN\"")),
      ].joined(separator: ","))
    let difference = LedgerDifference(from: before, to: after)
    #expect(!difference.isEmpty)
    #expect(
      difference.markdown(name: "a.md") == """
        ### `a.md`

        4 of 5 values differ. `新` is new. `old` is gone.

        | block | value           | before |        after |  delta | relative |
        |-------|-----------------|-------:|-------------:|-------:|---------:|
        | fit   | test.f1         |    0.5 |         0.75 |  +0.25 |    +50 % |
        | fit   | test.f1\\[a\\|b\\] |   0.25 | 0.2500000001 | +1e-10 |  +4e-8 % |
        | 新    | y               |      — |          NaN |        |          |
        | old   | x               |      1 |            — |        |          |

        | block | changed                          |
        |-------|----------------------------------|
        | fit   | optimizer.adamw\\.lr 0.001 → 0.01 |

        | block | claim          | before | after |
        |-------|----------------|--------|-------|
        | fit   | test.f1 \\> 0.5 | fails  | holds |

        """)
  }

  @Test func equalLedgersHaveNoDifference() throws {
    let block = Self.block(
      "fit", values: Self.value("a", "\"NaN\"") + "," + Self.value("b", "0.1", "0.1, \"NaN\""))
    let difference = LedgerDifference(from: try Self.ledger(block), to: try Self.ledger(block))
    #expect(difference.isEmpty)
    #expect(difference.markdown(name: "a.md") == "### `a.md`\n\nNo difference in 2 values.\n")
  }

  @Test func whatNoNumberTellsIsStillADifference() throws {
    let base = Self.block("fit", values: Self.value("a", "1", "0.5, 1.5"))
    let before = try Self.ledger(base)
    func isEqual(_ block: String) throws -> Bool {
      LedgerDifference(from: before, to: try Self.ledger(block)).isEmpty
    }
    #expect(try isEqual(base))
    #expect(try !isEqual(Self.block("fit", values: Self.value("a", "1", "0.25, 1.75"))))
    #expect(try !isEqual(Self.block("fit", values: Self.value("a", "1.0000000000000002"))))
    #expect(try !isEqual(Self.block("fit", result: "1", values: Self.value("a", "1", "0.5, 1.5"))))
    #expect(try !isEqual(Self.block("fit", step: "1", values: Self.value("a", "1", "0.5, 1.5"))))
    let others = [
      try Self.ledger(numerics: 2, base),
      try Self.ledger(options: "\"options\": {\"profile\": \"smoke\"},", base),
    ]
    let texts = others.map { LedgerDifference(from: before, to: $0).changes.map(\.cause.text) }
    #expect(texts == [["numerics 1 → 2"], ["profile none → smoke"]])
  }

  /// A block that follows from others is not told beside them; alone, and from a ledger without
  /// fields, it is.
  @Test func whatFollowsIsToldWhenNothingElseIs() throws {
    func changes(_ before: String, _ after: String, format: Int = 2) throws -> [String] {
      LedgerDifference(
        from: try Self.ledger(format: format, before), to: try Self.ledger(format: format, after)
      ).changes.map { "\($0.block): \($0.cause.text)" }
    }
    let (fit, later) = (
      Self.block("fit", fields: "\"seed\": \"1\""),
      Self.block("fit", step: "1", fields: "\"seed\": \"2\"")
    )
    let (both, laterBoth) = (Self.block("both"), Self.block("both", step: "1"))
    #expect(try changes(fit + "," + both, later + "," + laterBoth) == ["fit: seed 1 → 2"])
    #expect(try changes(both, laterBoth) == ["both: changed"])
    #expect(
      try changes(
        Self.block("fit", fields: nil), Self.block("fit", step: "1", fields: nil), format: 1)
        == ["fit: changed"])
  }
}
