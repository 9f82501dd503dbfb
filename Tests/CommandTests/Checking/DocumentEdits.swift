import Foundation

extension PublishedProject {
  /// Lines of the region of a block, its two comments included.
  func region(_ block: String) throws -> Range<Int> {
    let lines = markdown.lines
    guard let start = lines.firstIndex(where: { $0.hasPrefix("<!-- assay:\(block) ") }),
      let end = lines[start...].firstIndex(of: "<!-- /assay -->")
    else { throw MissingEntry(name: block) }
    return start..<(end + 1)
  }

  /// Changes a digit of generated text.
  mutating func changeGeneratedDigit(_ line: Int, _ digit: Int) {
    let lines = markdown.generatedLines
    markdown = markdown.changingDigit(inLine: lines[line % lines.count], pick: digit)
  }

  /// Changes what a value in the prose shows.
  ///
  /// - Parameter expression: how the expression begins.
  mutating func changeInline(_ expression: String, _ change: (String) -> String) throws {
    let parts = markdown.components(separatedBy: "`<!--= \(expression)")
    guard parts.count > 1, let shown = parts[0].components(separatedBy: "`").last else {
      throw MissingEntry(name: expression)
    }
    markdown = markdown.replacingOnce(
      "`\(shown)`<!--= \(expression)", with: "`\(change(shown))`<!--= \(expression)")
  }

  /// Puts the digests that fit into the comments of regions and into the ledger.
  mutating func makeDigestsFit() throws {
    var lines = markdown.lines
    for index in lines.indices where lines[index].hasPrefix("<!-- assay:") {
      guard let end = lines[index...].firstIndex(of: "<!-- /assay -->") else { continue }
      let body = lines[(index + 1)..<end].map { $0 + "\n" }.joined()
      let words = lines[index].components(separatedBy: " ")
      let digest = try Self.digest(of: body).prefix(12)
      lines[index] = "\(words[0]) \(words[1]) \(digest) -->"
    }
    markdown = lines.joined(separator: "\n")
    for (name, text) in [("small.md", markdown), ("small.html", self[Self.pagePath])] {
      let line = try documentLine(name)
      var entries = ledger.lines
      entries[line] = "      \"digest\": \"\(try Self.digest(of: text))\","
      ledger = entries.joined(separator: "\n")
    }
  }
}

extension String {
  /// Lines inside of regions with a digit from 1 to 9, but for the numbers of figures and tables.
  fileprivate var generatedLines: [Int] {
    var found: [Int] = []
    var isInside = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("<!-- /assay") { isInside = false }
      let isNumber = line.contains("**Table ") || line.contains("**Figure ")
      if isInside, !isNumber, line.contains(where: { "123456789".contains($0) }) {
        found.append(index)
      }
      if line.hasPrefix("<!-- assay:") { isInside = true }
    }
    return found
  }
}
