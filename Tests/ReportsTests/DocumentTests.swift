import Diagnostics
import Experiments
import Foundation
import FoundationXML
import Notebooks
import Reports
import Testing

@Suite struct DocumentTests {
  static let english = """
    ---
    title: Sample
    ---

    # Which loss, and which schedule?

    The tuned run reaches `{= finetune.test.accuracy as percent 1}` on the test split; see
    [](#finetune.loss_curve), [](#finetune) and [](#the-data). Mathematics stays: $\\sum_i x_i^2$.

    ## The data

    ```experiment iris
    dataset: {csv: data/iris.csv, label: species}
    ```

    ```experiment net
    model: {sequential: [{linear: {out_features: 16}}, relu]}
    ```

    ```yaml experiment finetune
    train: {model: net, data: iris}
    repeat: 3   # <three> & "seeds"
    ```

    - one
    - two

      ```experiment one
      single: {model: net, data: iris}
      ```

    - three

    ```experiment broken
    fail: {lr: 10}
    ```

    ```experiment schedules
    compare: {base: finetune, over: {train.schedule: [cosine, linear]}}
    ```

    ```experiment curves
    plot: {}
    ```

    The end.

    """

  static let chinese = english.replacing("Which loss, and which schedule?", with: "哪个损失？")
    .replacing("## The data", with: "## 数据").replacing("#the-data", with: "#数据")
    .replacing("The tuned run reaches", with: "微调后的准确率是").replacing("The end.", with: "完。")

  private func sample(_ language: Language) -> SampleDocument {
    SampleDocument(
      language == .en ? Self.english : Self.chinese, language: language,
      charset: language == .en ? .ascii : .unicode, title: "Sample")
  }

  @Test(arguments: Language.allCases)
  func documentsLookAsCommitted(_ language: Language) throws {
    let document = sample(language).rendered()
    #expect(document.diagnostics.map(\.id) == [])
    try expectGolden("sample.\(language.rawValue).md", document.markdown)
    try expectGolden("sample.\(language.rawValue).html", document.html ?? "")
  }

  @Test(arguments: Language.allCases)
  func renderingARenderedDocumentChangesNothing(_ language: Language) {
    let text = language == .en ? Self.english : Self.chinese
    let once = sample(language).rendered()
    let again = SampleDocument(
      once.markdown, language: language, charset: language == .en ? .ascii : .unicode,
      title: "Sample")
    #expect(again.notebook.source == text)
    #expect(again.rendered().markdown == once.markdown)
    #expect(again.rendered().html == once.html)
    #expect(again.rendered().editedRegions.isEmpty)
  }

  @Test func lawsHoldForGeneratedNotebooks() {
    let seed: UInt64 = 61
    var generator = SeededGenerator(seed: seed)
    let kinds = ["dataset", "train", "single", "fail", "compare", "plot", "model"]
    let prose = [
      "# Title\n", "Text with `code` and *emphasis*.\n", "- item\n\n", "1. one\n2. two\n\n",
      "> quote\n\n",
      "\n", "<!-- comment -->\n\n", "见 [](#b0)。\n\n", "`{= b1.test.accuracy}` and `{= 1 + 1 }`\n\n",
      "| a | b |\n|---|---|\n| 1 | 2 |\n\n", "    code\n\n", "***\n\n", "[x]: /y\n\n",
      "\t- tab\n\n",
      "```text\nplain\n```\n\n", "no line end",
    ]
    for round in 0..<150 {
      var text = ""
      var count = 0
      for _ in 0..<Int.random(in: 0...8, using: &generator) {
        if Bool.random(using: &generator) {
          text += prose.randomElement(using: &generator) ?? ""
        } else {
          let kind = kinds.randomElement(using: &generator) ?? "plot"
          let indent = Bool.random(using: &generator) ? "  " : ""
          if !indent.isEmpty { text += "\n- item\n\n" }
          text += "\n\(indent)```experiment b\(count)\n\(indent)\(kind): {}\n\(indent)```\n"
          count += 1
        }
      }
      if round % 5 == 0 { text = text.replacing("\n", with: "\r\n") }
      let note = "seed \(seed) round \(round): \(text.debugDescription)"
      let first = SampleDocument(text)
      let once = first.rendered()
      let again = SampleDocument(once.markdown)
      #expect(again.notebook.source.utf8.elementsEqual(first.notebook.source.utf8), "\(note)")
      #expect(again.rendered().markdown.utf8.elementsEqual(once.markdown.utf8), "\(note)")
      #expect(again.rendered().editedRegions.isEmpty, "\(note)")
    }
  }

  @Test(arguments: Language.allCases)
  func sectionsAreWellFormedAndIdsUnique(_ language: Language) throws {
    let html = try #require(sample(language).rendered().html)
    var rest = html[...]
    var sections = 0
    var ids: [String] = []
    while let start = rest.range(of: "<section"), let end = rest.range(of: "</section>") {
      let section = String(rest[start.lowerBound..<end.upperBound])
      let reader = IDReader()
      let parser = XMLParser(data: Data(section.utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(section.prefix(400))")
      ids += reader.ids
      sections += 1
      rest = rest[end.upperBound...]
    }
    #expect(sections == 7)
    #expect(Set(ids).count == ids.count)
    for target in ["finetune", "finetune.loss_curve", "iris.class_counts", "one.lr_curve"] {
      #expect(ids.contains(target), "\(target)")
    }
    let hasScript = html.contains("<script")
    #expect(!hasScript)
    let isStrict = html.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-")
    #expect(isStrict)
  }

  @Test func unknownTargetsAreNamedWithTheNearest() {
    let text =
      "# Head\n\n[](#heda), [](#b.loss_curv), [](#nope)\n\n```experiment b\ntrain: x\n```\n"
    let document = SampleDocument(text)
    let diagnostics = document.rendered().diagnostics
    #expect(
      diagnostics.map(\.id) == [
        "reference.unknown-target", "reference.unknown-item", "reference.unknown-target",
      ])
    #expect(diagnostics.map(\.suggestion) == ["#head", "#b.loss_curve", nil])
    let early = CrossReferences(notebook: document.notebook).check()
    #expect(early.map(\.id) == diagnostics.map(\.id))
  }

  @Test func aHandEditedRegionIsShownWithItsDifference() throws {
    let text = "```experiment b\ndataset: x\n```\n"
    let once = SampleDocument(text).rendered().markdown
    let edited = once.replacing("150", with: "151")
    let regions = SampleDocument(edited).rendered().editedRegions
    let region = try #require(regions.first)
    #expect(regions.count == 1 && region.block == "b")
    #expect(region.diagnostic.id == "region.edited")
    #expect(region.diagnostic.range?.start.line == 4)
    #expect(region.difference.contains("-| rows         |   151 |\n"), "\(region.difference)")
    #expect(region.difference.contains("+| rows         |   150 |\n"), "\(region.difference)")
  }

  @Test func aFailedBlockDoesNotSilenceTheOthers() {
    let text =
      "`{= a.test.accuracy}` [](#a)\n\n```experiment a\nfail: x\n```\n\n```experiment b\ntrain: x\n```\n"
    let document = SampleDocument(text).rendered()
    #expect(!document.diagnostics.hasErrors)
    #expect(document.markdown.hasPrefix("`no value`<!--= a.test.accuracy"))
    #expect(document.markdown.contains("**This block failed**: The loss at step 37 is NaN"))
    #expect(document.markdown.contains("**Table 1**. Metrics on the test split"))
    #expect(document.verdicts.map(\.verdict.outcome) == [.cannotBeJudged, .holds, .fails])
  }
}

/// Collects the ids of a piece of XML.
private final class IDReader: NSObject, XMLParserDelegate {
  var ids: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let id = attributes["id"] { ids.append(id) }
  }
}
