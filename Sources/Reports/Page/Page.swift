internal import Diagnostics
internal import Digests
internal import Experiments

/// A complete, self-contained page.
struct Page {
  let title: String
  /// A heading above the body, where the body has none of the first level.
  let heading: String?
  let language: Language
  let body: String
  let allowsHTML: Bool

  func text(templates: TemplateSet, labels: Labels) -> String {
    let style = templates.styleSheet
    var values: [String: Any] = [
      "lang": language.rawValue, "title": title.escapingControlCharacters, "style": style,
      "policy": policy(style), "body": body, "colophon": labels.madeWith,
    ]
    if let heading { values["heading"] = heading.escapingControlCharacters }
    return templates.render("page.html", values)
  }

  /// No scripts, no network; the style sheet is allowed by its digest.
  ///
  /// Where the author's own HTML is kept, its inline styles and pictures work too.
  private func policy(_ style: String) -> String {
    let digest = SHA256Digest(of: style).bytes.base64
    let styles = allowsHTML ? "'unsafe-inline'" : "'sha256-\(digest)'"
    let images = allowsHTML ? "'self' data: https:" : "'self' data:"
    return "default-src 'none'; style-src \(styles); img-src \(images); base-uri 'none'; "
      + "form-action 'none'"
  }
}

extension [UInt8] {
  /// The bytes in base 64 (RFC 4648) with padding.
  var base64: String {
    let alphabet = Swift.Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: count, by: 3) {
      let group = self[start..<Swift.min(count, start + 3)]
      var word: UInt32 = 0
      for offset in 0..<3 {
        let index = start + offset
        word = word << 8 | (index < group.endIndex ? UInt32(self[index]) : 0)
      }
      for place in 0..<4 {
        let isPadding = place > group.count
        let digit = Int((word >> UInt32(18 - 6 * place)) & 63)
        text.append(isPadding ? "=" : alphabet[digit])
      }
    }
    return text
  }
}
