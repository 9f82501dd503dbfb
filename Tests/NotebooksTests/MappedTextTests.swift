import Diagnostics
import Notebooks
import Testing

@Suite struct MappedTextTests {
  @Test func cutTabsAndLineEndingsKeepTheirPlaces() throws {
    let text = "- a\r\n\r\n\t```experiment x\r\n\t\ty: 1\r\n\t```\r\n"
    let file = SourceFile(path: "n.md", text: text)
    let body = try #require(Notebook.parse(file).notebook.blocks.first?.body)
    // The item takes two columns of the first tab, the fence a third; one is left as a space.
    #expect(body.text == " \ty: 1\n")
    let line = file.lineStarts[3]
    #expect(body.range(0..<1).bytes == line..<line + 1)
    #expect(body.range(1..<2).bytes == line + 1..<line + 2)
    #expect(body.range(2..<3).bytes == line + 2..<line + 3)
    #expect(body.range(6..<7).bytes == line + 6..<line + 8)
    #expect(body.range(7..<7).bytes == line + 8..<line + 8)
    #expect(body.range.bytes == line..<line + 8)
    #expect(body.range(-5..<99).bytes == body.range.bytes)
  }

  @Test func emptyTextHasAPlace() throws {
    let file = SourceFile(path: "n.md", text: "```experiment x\n```\n")
    let body = try #require(Notebook.parse(file).notebook.blocks.first?.body)
    #expect(body.text.isEmpty)
    #expect(body.range(0..<0).bytes == 15..<15)
  }

  @Test func sliceMapsByteByByte() {
    let file = SourceFile(path: "n.md", text: "ab中文")
    let text = MappedText(file, 2..<8)
    #expect(text.text == "中文")
    #expect(text.range(3..<6).bytes == 5..<8)
    #expect(text.range(3..<6).text == "文")
  }

  @Test(
    arguments: [
      ("a", nil), ("微调", nil), ("a-b_2", nil), ("_x", nil), ("", .empty), ("2x", .beginsWithDigit),
      ("a--b", .hyphen), ("-a", .hyphen), ("a-", .hyphen), ("a b", .character(" ")),
      ("mean", .reserved), ("train", .reserved), ("a\u{200B}", .character("\u{200B}")),
    ] as [(String, BlockName.Problem?)])
  func namesFollowTheirLaw(name: String, problem: BlockName.Problem?) {
    #expect(BlockName.problem(in: name) == problem)
  }
}
