import Foundation

extension PublishedProject {
  struct MissingEntry: Error { let name: String }

  /// Lines of the ledger's entry for a block.
  func entry(_ block: String, in lines: [String]? = nil) throws -> Range<Int> {
    let text = lines?.joined(separator: "\n") ?? ledger
    guard let range = text.entryRange(of: block) else { throw MissingEntry(name: block) }
    return range
  }

  /// The line with the digest of a document.
  func documentLine(_ name: String) throws -> Int {
    guard let line = ledger.lineIndices(holding: "      \"name\": \"\(name)\"").last, line > 0
    else { throw MissingEntry(name: name) }
    return line - 1
  }

  /// Changes a digit of one of the numbers that stand behind a key in a block's entry.
  mutating func changeLedgerDigit(of block: String, key: String, _ line: Int, _ digit: Int) throws {
    let lines = ledger.lineIndices(holding: key, in: try entry(block))
    try changeLedgerDigit(inLine: lines[line % lines.count], digit)
  }

  /// Changes a digit of the number on a line, and writes the number as ledgers do.
  mutating func changeLedgerDigit(inLine line: Int, _ digit: Int) throws {
    var lines = ledger.lines
    guard let old = lines[line].numberAtEnd else { throw MissingEntry(name: lines[line]) }
    guard let new = Double(old.changingDigit(inLine: 0, pick: digit)) else {
      throw MissingEntry(name: old)
    }
    lines[line] = lines[line].replacingOnce(old, with: new.description)
    ledger = lines.joined(separator: "\n")
  }

  /// Changes a digit of one of the digests that stand behind a key in a block's entry.
  mutating func changeLedgerDigest(of block: String, key: String, _ pick: Int) throws {
    let lines = ledger.lineIndices(holding: key, in: try entry(block))
    ledger = ledger.changingDigest(inLine: lines[pick % lines.count], pick: pick)
  }

  /// Changes the digest of a block's result, and has the ledger vouch for what it says of the block.
  mutating func changeResult(of block: String, _ pick: Int = 5) throws {
    try changeLedgerDigest(of: block, key: "      \"result\": ", pick)
    try seal(block)
  }

  /// Gives a block's entry the digest of its text, as if it had been written so.
  mutating func seal(_ block: String) throws {
    var lines = ledger.lines
    let range = try entry(block)
    guard let line = range.first(where: { lines[$0].hasPrefix("      \"digest\": ") }) else {
      throw MissingEntry(name: "digest")
    }
    var text = range.filter { $0 != line }.map { lines[$0].dropFirst(4) + "\n" }.joined()
    if text.hasSuffix(",\n") { text = text.dropLast(2) + "\n" }
    lines[line] = "      \"digest\": \"\(try Self.digest(of: text))\","
    ledger = lines.joined(separator: "\n")
  }

  /// Adds to the mean and to every repeat of a value.
  mutating func moveLedgerValue(of block: String, path: String, by shift: Double) throws {
    var lines = ledger.lines
    let range = try entry(block)
    guard
      let name = range.first(where: { lines[$0].hasPrefix("          \"path\": \"\(path)\"") })
    else { throw MissingEntry(name: path) }
    let end = range.first { $0 > name && lines[$0].hasPrefix("        }") } ?? name
    for index in (name - 1)...end {
      guard let number = lines[index].numberAtEnd, let value = Double(number) else { continue }
      lines[index] = lines[index].replacingOnce(number, with: (value + shift).description)
    }
    ledger = lines.joined(separator: "\n")
  }

  /// Multiplies the end of a series by epoch, and changes its digest.
  mutating func moveSeries(of block: String, name: String, factor: Double) throws {
    var lines = ledger.lines
    let range = try entry(block)
    guard let line = range.first(where: { lines[$0] == "          \"name\": \"\(name)\"" }),
      let number = lines[line - 1].numberAtEnd, let value = Double(number)
    else { throw MissingEntry(name: name) }
    lines[line - 1] = lines[line - 1].replacingOnce(number, with: (value * factor).description)
    ledger = lines.joined(separator: "\n").changingDigest(inLine: line - 2, pick: 9)
  }

  /// Replaces a line of a block's entry.
  mutating func replaceLine(_ old: String, with new: [String], of block: String) throws {
    var lines = ledger.lines
    guard let line = try entry(block).first(where: { lines[$0] == old }) else {
      throw MissingEntry(name: old)
    }
    lines.replaceSubrange(line...line, with: new)
    ledger = lines.joined(separator: "\n")
  }
}

extension String {
  /// What stands behind the colon or the indentation of a line of JSON, without the comma.
  fileprivate var numberAtEnd: String? {
    let value = components(separatedBy: ": ").last ?? self
    return value.trimmingCharacters(in: CharacterSet(charactersIn: " ,"))
  }
}
