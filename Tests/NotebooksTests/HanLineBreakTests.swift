import Diagnostics
import Notebooks
import Testing

@Suite struct HanLineBreakTests {
  private func body(_ text: String) -> String {
    Notebook.parse(SourceFile(path: "a.md", text: text)).notebook.html(
      allowHTML: false, block: { _ in nil }, inline: { _ in nil }, anchors: [])
  }

  @Test(arguments: [
    ("训练数据\n决定结果", "<p>训练数据决定结果</p>\n"),
    ("结果，\n并且", "<p>结果，并且</p>\n"),
    ("**重要**\n的", "<p><strong>重要</strong>的</p>\n"),
    ("かな\nカナ", "<p>かなカナ</p>\n"),
  ])
  func aLineBreakBetweenTwoHanCharactersIsNoBlank(text: String, html: String) {
    #expect(body(text) == html)
  }

  @Test(arguments: [
    "中文\nEnglish", "English\n中文", "한국\n한국", "中文\\\n中文", "中文\n\n中文",
  ])
  func otherLineBreaksStay(text: String) {
    #expect(body(text).contains("\n") && !body(text).dropLast().contains("中文中文"))
    #expect(body(text).dropLast().contains("\n"))
  }
}
