extension DiagnosticGuide {
  /// Templates and what is shown.
  static let reportRules: [Rule] = [
    Rule(
      "report.nothing-to-show", "`show:` names parts for which the block has something",
      """
      The part is lawful for this kind of block, and this result has nothing for it, such as a
      confusion matrix that was not asked for under `metrics`. The rest is shown; this is a warning.
      """,
      wrong: "evaluate: {metrics: [accuracy]}\nshow: [confusion_matrix]",
      right: "evaluate: {metrics: [accuracy, confusion_matrix]}\nshow: [confusion_matrix]"),
    Rule(
      "template.depth", "at most 16 sections of a template stand inside each other",
      """
      No built-in template comes near; look for a section that is not closed.
      """),
    Rule(
      "template.none", "the folder after `--templates` holds a template",
      """
      Templates replace built-in ones of the same name, one by one; the diagnostic lists the names.
      In this folder none of them was found.
      """),
    Rule(
      "template.region-comment", "a template writes no `<!-- assay:` or `<!-- /assay` comment",
      """
      These comments mark the region around what the template gives. A second one inside would end
      it early, and the document could not be read back. The region of the block is left out.
      """,
      wrong: "<!-- assay: made by us -->", right: "<!-- made by us -->"),
    Rule(
      "template.size", "a template has at most 262,144 bytes",
      """
      A template is a page or a part of one. Pictures and scripts do not belong into it; pages are
      allowed no scripts at all.
      """),
    Rule(
      "template.syntax", "a template is Mustache with variables, sections and comments",
      """
      Allowed are `{{name}}`, `{{{name}}}`, sections `{{#name}}…{{/name}}` and
      `{{^name}}…{{/name}}`, and comments `{{! … }}`. A tag ends with as many braces as it begins
      with; sections are closed in the order in which they were opened. Partials, inheritance and
      other delimiters are not used.
      """,
      wrong: "{{#rows}} {{label} {{/rows}}", right: "{{#rows}} {{label}} {{/rows}}"),
    Rule(
      "template.unknown-name", "a template is named like one that is built in",
      """
      A file in the folder after `--templates` replaces the built-in template of its name; one of
      another name would never be used. The diagnostic lists the names.
      """),
    Rule(
      "template.unknown-variable", "a template uses values that it is given",
      """
      Each template has values of its own, those that the built-in one uses; an unknown name would
      show nothing. The diagnostic lists them and suggests the nearest.
      """,
      wrong: "{{titel}}", right: "{{title}}"),
    Rule(
      "template.unreadable", "a template is a regular file that can be read",
      """
      The message gives the reason: it is missing, too large, a folder, or may not be read.
      """),
  ]
}
