extension DiagnosticGuide {
  /// Regions and values that Assay wrote into a document, and references to them.
  static let generatedTextRules: [Rule] = [
    Rule(
      "notebook.ambiguous", "a document without its generated text has the same blocks and values",
      """
      A rendered document is a notebook: taking regions and values away gives its source back. Here
      what remains would read differently, so the document cannot be trusted as a notebook. Look for
      backticks and comments next to rendered values, or render again from the source.
      """),
    Rule(
      "notebook.region-end", "`<!-- /assay -->` ends a region that is open",
      """
      No region is open here: its first comment was deleted, or the last one stands twice. Delete
      the line with what is left of the region, and render again.
      """),
    Rule(
      "notebook.region-marker",
      "the comments around a region read `<!-- assay:NAME DIGEST -->` and `<!-- /assay -->`",
      """
      Each stands alone on its line, and DIGEST is twelve hexadecimal digits. A comment that looks
      like one and is not would leave generated text in the source. Delete it with the region;
      `render` writes both again.
      """),
    Rule(
      "notebook.region-orphan", "a region follows the block whose result it shows",
      """
      No block before it has the name in the region's comment: the block was renamed or deleted.
      Delete the region, or give the block its name back.
      """),
    Rule(
      "notebook.region-out-of-place", "a region stands right after its block",
      """
      Between a block and its region nothing but blank lines may stand; else it would not be found
      when the document is rendered again. Delete the region; `render` writes it where it belongs.
      """),
    Rule(
      "notebook.region-twice", "a block has one region",
      """
      Two regions of one block follow each other, often after a merge of two branches. The next
      `render` of the source leaves one of them; or delete one by hand.
      """),
    Rule(
      "notebook.region-unterminated", "a region ends with `<!-- /assay -->` alone on a line",
      """
      Without its end it cannot be told where generated text ends and prose begins. Delete the
      opening comment and the generated text after it, and render again.
      """),
    Rule(
      "notebook.stray-comment",
      "a comment that begins `<!--=` stands right after a rendered value or reference",
      """
      Such a comment carries the expression behind a rendered value. Alone it belongs to nothing,
      because the value before it was edited away or moved. Delete the comment, or render again from
      the source.
      """),
    Rule(
      "reference.no-number", "a cross reference to a block has a figure or table to refer to",
      """
      The text of a cross reference is the number of the first figure or table that the block shows,
      and this one shows none. `show:` chooses what a block shows; or refer to a heading, or write
      the text of the link yourself.
      """,
      wrong: "show: []", right: "show: [metrics]"),
    Rule(
      "reference.unknown-item", "`[](#BLOCK.ITEM)` names an item that the block shows",
      """
      Items are the parts of a result, as in `show:`. The diagnostic lists those of the block and
      suggests the nearest.
      """,
      wrong: "[](#baseline.losscurve)", right: "[](#baseline.loss_curve)"),
    Rule(
      "reference.unknown-target", "a cross reference names a block, `BLOCK.ITEM` or a heading",
      """
      Nothing in the document has this name. A heading goes by its anchor: lower case, with hyphens
      for spaces. Blocks of other notebooks have no place in this document.
      """,
      wrong: "see [](#basline)", right: "see [](#baseline)"),
    Rule(
      "region.edited", "generated text is not edited by hand",
      """
      The digest in the region's comment does not match the text, so what stands there is not what
      was computed. `render` shows the difference and leaves the file alone, since your words may be
      in it.

      Move notes out of the region, then let `assay render --accept NAME` replace it.
      """),
  ]
}
