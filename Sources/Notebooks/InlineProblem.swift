import Diagnostics

/// A rule about inlines that a document breaks.
enum InlineProblem {
  case inlineLines, inlineBrace, inlineEmpty, inlineDashes, inlineInImage, strayComment,
    unclearInline
  case openMarkup

  func diagnostic(at range: SourceRange) -> Diagnostic {
    let (id, message, note) = text
    return Diagnostic(
      .error, "notebook.\(id)", message, at: range, notes: note.map { [.init($0)] } ?? [])
  }

  private var text: (id: String, message: String, note: String?) {
    switch self {
    case .inlineLines: ("inline-lines", "an inline value stands on one line", nil)
    case .inlineBrace:
      (
        "inline-brace", "an inline value ends with `}`",
        "a span in double backticks is never evaluated"
      )
    case .inlineEmpty: ("inline-empty", "an inline value needs an expression", nil)
    case .inlineDashes:
      (
        "inline-dashes", "an inline value holds no `--` and does not end with `-`",
        "in the rendered document it stands in a comment; write `a - (-b)`"
      )
    case .inlineInImage:
      ("inline-in-image", "the description of an image shows no values and references", nil)
    case .strayComment:
      (
        "stray-comment",
        "a comment that begins `<!--=` belongs right after a rendered value or reference",
        "delete the comment, or render the notebook again from its source"
      )
    case .openMarkup:
      (
        "open-markup", "raw HTML before a value or reference ends before it",
        "the rendered text could end what begins here; write `\\<` for a plain `<`"
      )
    case .unclearInline:
      (
        "unclear-inline",
        "values and references of this paragraph cannot be told from the text around them",
        "look for unpaired backticks, angle brackets and quotation marks in links"
      )
    }
  }
}
