import JSON
import Testing

/// What the parser takes and refuses, and the places that it names.
@Suite struct JSONParserTests {
  private func parse(_ text: String) throws(JSONFault) -> JSONNode {
    try JSONParser.parse(Array(text.utf8), path: "a.json")
  }

  private func fault(_ text: String) -> JSONFault? {
    do throws(JSONFault) {
      _ = try parse(text)
      return nil
    } catch {
      return error
    }
  }

  @Test func faultsNameLineAndColumn() {
    #expect(fault("{\r\n  \"é\": }")?.description.hasPrefix("a.json:2:8: ") == true)
    #expect(fault("[1,\n\n,]")?.description.hasPrefix("a.json:3:1: ") == true)
    #expect(fault("[1,\r\r2 3]")?.description.hasPrefix("a.json:3:3: ") == true)
    #expect(fault("")?.description.hasPrefix("a.json:1:1: ") == true)
  }

  @Test func aKeyStandsOnce() {
    #expect(fault(#"{"a": 1, "a": 2}"#)?.id == "json.syntax")
    #expect(fault(#"{"a": 1, "\u0061": 2}"#)?.id == "json.syntax")
    let many = (0..<200).map { "\"k\($0)\": \($0)" }
    #expect(fault("{" + many.joined(separator: ",") + "}") == nil)
    #expect(fault("{" + (many + ["\"k77\": 0"]).joined(separator: ",") + "}") != nil)
  }

  @Test func keysAreComparedByTheirScalars() throws {
    // Composed, decomposed, and the angstrom sign: one string to Swift, three keys to JSON.
    let few = #"{"\u00c5": 1, "A\u030a": 2, "\u212b": 3}"#
    let padding = (0..<20).map { "\"k\($0)\": 0," }.joined()
    for text in [few, "{" + padding + few.dropFirst()] {
      guard case .object(let members) = try parse(text).value else {
        Issue.record("\(text) is an object")
        continue
      }
      #expect(members.suffix(3).map { Array($0.key.unicodeScalars).count } == [1, 2, 1])
    }
  }

  @Test func surrogatesStandInPairs() throws {
    #expect(try parse(#""\ud83d\ude00""#).string() == "😀")
    for text in [#""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83dx""#, #""\ud8"#] {
      #expect(fault(text)?.id == "json.syntax", "\(text)")
    }
  }

  @Test func nestingIsBounded() {
    let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    #expect(fault(deep(32)) == nil)
    #expect(fault(deep(100_000))?.id == "json.syntax")
    #expect(fault(String(repeating: "{\"a\":", count: 100_000))?.id == "json.syntax")
  }

  @Test func numbersAreSpelledAsJSONSpellsThem() {
    for text in ["01", "+1", "1.", ".5", "1e", "0x1", "-", "1_000", "NaN", "Infinity"] {
      #expect(fault(text) != nil, "\(text)")
      #expect(fault("[1, \(text)]") != nil, "\(text)")
    }
  }
}
