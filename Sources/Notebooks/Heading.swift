package import Diagnostics

/// A heading of the prose, as a target for cross references.
package struct Heading: Sendable {
  /// 1 to 6.
  package let level: Int
  /// The text without markup and without inline values.
  package let text: String
  /// Stable anchor, unique in the document; see ``slug(_:)``.
  package let slug: String
  /// Where the heading begins: its first line.
  package let range: SourceRange

  /// The anchor of a title: lower case, blanks as `-`, letters and digits of any script, `_` and `-`
  /// kept, everything else dropped (GitHub's rule); `section` when nothing is left.
  ///
  /// Of equal anchors in one document the second gets `-1` appended, the third `-2`.
  package static func slug(_ title: String) -> String {
    var slug = ""
    for scalar in title.lowercased().unicodeScalars {
      if scalar.properties.isWhitespace {
        slug.unicodeScalars.append("-")
      } else if scalar.isNameScalar || scalar == "-" {
        slug.unicodeScalars.append(scalar)
      }
    }
    return slug.isEmpty ? "section" : slug
  }
}
