import Notebooks

/// What tests weave into notebooks: fixed texts that depend on nothing but the name.
enum SampleResults {
  static func region(_ block: ExperimentBlock) -> RegionContent? {
    RegionContent(digest: "0123456789ab", body: "| result |\n|---|\n| \(block.name) |\n")
  }

  static func inline(_ inline: Inline) -> String? {
    switch inline.kind {
    case .value: "42 %"
    case .reference: "Figure 1"
    }
  }

  /// Texts that would like to be something else than text.
  static func nastyRegion(_ block: ExperimentBlock) -> RegionContent? {
    let bodies = [
      "", "a\n\nb\n", "```text\n* +\n", "<!--\n", "<div>\n\n- x\n", "    code\n\t\n  \n", "~~~~\n",
      "> q\n\n\n", "[a]: b\n", "`{= x }` and `1`<!--= y -->\n", "no line end",
    ]
    if block.index % 13 == 12 { return nil }
    return RegionContent(digest: "ffffffffffff", body: bodies[block.index % bodies.count])
  }

  static func nastyInline(_ inline: Inline) -> String? {
    let texts = [
      "`", "", " ", "a\nb", "-->", "<!--= x -->", "[x](y)", "]", "\\", "|", "**", "{= z }", "![",
      "微调 1",
      "```", "&amp;", "\u{202E}", "<b>",
    ]
    return inline.index % 7 == 6 ? nil : texts[inline.index % texts.count]
  }
}
