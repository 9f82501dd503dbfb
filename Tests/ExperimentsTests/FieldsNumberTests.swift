import Experiments
import Testing

/// Numbers as people write them.
struct FieldsNumberTests {
  @Test(arguments: [
    ("1e-3", 0.001), ("10%", 0.1), ("1_000", 1000), (".5", 0.5), ("5.", 5), ("+2", 2), ("-0", -0.0),
    ("1e3%", 10), ("12.5 %", 0.125), ("0.1%", 0.001), ("010", 10), ("1E+2", 100), ("-.5e1", -5),
    ("1_0.2_5", 10.25), ("7%", 0.07), ("33%", 0.33),
  ])
  func numbersAreReadAsMeant(_ text: String, _ number: Double) {
    #expect(Double(notebook: text) == number)
  }

  @Test(arguments: [
    "", "%", "e3", "1e", "1e+", "0x10", "inf", "nan", ".inf", "1e999", "1__0", "_1", "1_", "1.2.3",
    "1 000", "1,5", "--1", "1-", "１", "1e5e5", ".", "+", "1%%", "1e_3",
  ])
  func otherTextIsNoNumber(_ text: String) {
    #expect(Double(notebook: text) == nil)
  }

  @Test func wholeNumbersBeyondDoublesStayExact() {
    #expect(Int(notebook: "9007199254740993") == 9_007_199_254_740_993)
    #expect(Int(notebook: "9_223_372_036_854_775_807") == Int.max)
    #expect(Int(notebook: "9223372036854775808") == nil)
    #expect(Int(notebook: "1.0") == nil)
  }
}
