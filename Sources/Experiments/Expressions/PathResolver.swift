internal import Diagnostics

/// Finds what a path means among the outlines of blocks; says what was probably meant otherwise.
struct PathResolver {
  let text: ExpressionSource
  let outlines: ResultOutlines

  /// The target, or nil: with a diagnostic, or without one where the names are not yet known.
  func resolve(_ path: ResultPath) -> (target: ResultTarget?, diagnostic: Diagnostic?) {
    guard let first = path.parts.first else { return (nil, nil) }
    if let own = outlines.own, let outline = outlines.outline(of: own),
      outline.begins(with: first.name)
    {
      return find(path.parts[...], in: outline, of: own, path)
    }
    // A variant of a comparison is a block by the name `NAME[LABEL]`.
    let name = ResultPath.text(of: [first])
    guard outlines.isBlock(name) else {
      // Of a block that could not be planned, or failed, nobody knows the names.
      if let own = outlines.own, outlines.outline(of: own) == nil { return (nil, nil) }
      return (nil, unknownBlock(first, path))
    }
    guard let outline = outlines.outline(of: name) else { return (nil, nil) }
    guard path.parts.count > 1 else {
      let names = outline.entries.prefix(3).map { "`\(name).\($0.name)`" }
      return (
        nil,
        fault(
          "expression.unknown-path", "A path goes on from a block to one of its results",
          path.bytes, notes: names.isEmpty ? [] : ["such as " + names.joined(separator: ", ")])
      )
    }
    return find(path.parts.dropFirst(), in: outline, of: name, path)
  }

  // MARK: Names

  private typealias Parts = ArraySlice<ResultPath.Part>

  private func find(
    _ parts: Parts, in outline: ResultOutline, of block: String, _ path: ResultPath
  ) -> (target: ResultTarget?, diagnostic: Diagnostic?) {
    if let entries = entries(parts, outline) {
      return choose(entries, parts, nil, outline, block)
    }
    if let last = parts.last, let suffix = ResultTarget.Suffix(rawValue: last.name),
      last.subscripts.isEmpty, let entries = entries(parts.dropLast(), outline)
    {
      return choose(entries, parts.dropLast(), (suffix, last), outline, block)
    }
    guard outline.isComplete else { return (nil, nil) }
    return (nil, unknownPath(parts, outline, block))
  }

  /// Entries with the name that the parts spell; brackets are allowed on the last one only.
  private func entries(_ parts: Parts, _ outline: ResultOutline) -> [ResultOutline.Entry]? {
    guard let last = parts.last, parts.dropLast().allSatisfy(\.subscripts.isEmpty) else {
      return nil
    }
    let name = name(parts)
    var found = outline.entries(named: name)
    // A number per class of several runs: its name holds the class, the key is the run.
    if found.isEmpty, last.subscripts.count == 2 {
      found = outline.entries(named: "\(name)[\(last.subscripts[0].text)]")
    }
    return found.isEmpty ? nil : found
  }

  private func name(_ parts: Parts) -> String { parts.map(\.name).joined(separator: ".") }

  private func choose(
    _ entries: [ResultOutline.Entry], _ parts: Parts,
    _ suffix: (value: ResultTarget.Suffix, part: ResultPath.Part)?, _ outline: ResultOutline,
    _ block: String
  ) -> (target: ResultTarget?, diagnostic: Diagnostic?) {
    guard let last = parts.last, let start = parts.first?.bytes.lowerBound else {
      return (nil, nil)
    }
    let choice = NumberChoice(
      source: text, outline: outline, entries: entries, name: name(parts),
      subscripts: last.subscripts, suffix: suffix?.value, suffixBytes: suffix?.part.bytes,
      bytes: start..<(suffix?.part.bytes.upperBound ?? end(of: last)))
    switch choice.number() {
    case .success(let number): return (ResultTarget(block: block, number: number), nil)
    case .failure(let failure): return (nil, failure.diagnostic)
    }
  }

  private func end(of part: ResultPath.Part) -> Int {
    // Behind the closing bracket, which follows the text of the subscript.
    part.subscripts.last.map { $0.bytes.upperBound + ($0.isQuoted ? 2 : 1) }
      ?? part.bytes.upperBound
  }

  // MARK: Diagnostics

  private func fault(
    _ id: String, _ message: String, _ bytes: Range<Int>, suggestion: String? = nil,
    notes: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .error, id, message, at: text.range(bytes), notes: notes.map { Diagnostic.Note($0) },
      suggestion: suggestion)
  }

  private func unknownBlock(_ first: ResultPath.Part, _ path: ResultPath) -> Diagnostic {
    var candidates = outlines.blockNames
    if let item = first.subscripts.first, outlines.isBlock(first.name) {
      let variants = candidates.filter { $0.hasPrefix("\(first.name)[") }
      let whole = ResultPath.text(of: [first])
      return fault(
        "expression.unknown-block", "`\(first.name)` has no variant `\(item.text)`", item.bytes,
        suggestion: nearestName(to: whole, among: variants),
        notes: NumberChoice.listing("variants", variants))
    }
    var message = "There is no block `\(first.name)`"
    if let own = outlines.own, let outline = outlines.outline(of: own) {
      if !outline.isComplete { return unknownOwn(first, candidates) }
      candidates += outline.entries.map(\.name)
      message = "There is no block and no result of `\(own)` that begins with `\(first.name)`"
    }
    let whole = name(path.parts[...])
    let suggestion =
      nearestName(to: first.name, among: candidates) ?? nearestName(to: whole, among: candidates)
    return fault(
      "expression.unknown-block", message, first.bytes, suggestion: suggestion,
      notes: hyphenNote(first))
  }

  private func unknownOwn(_ first: ResultPath.Part, _ blocks: [String]) -> Diagnostic {
    fault(
      "expression.unknown-block", "There is no block `\(first.name)`", first.bytes,
      suggestion: nearestName(to: first.name, among: blocks), notes: hyphenNote(first))
  }

  private func unknownPath(_ parts: Parts, _ outline: ResultOutline, _ block: String)
    -> Diagnostic
  {
    let start = parts.first?.bytes.lowerBound ?? 0
    let bytes = start..<(parts.last.map(end(of:)) ?? start)
    if let last = parts.last, parts.count > 1, entries(parts.dropLast(), outline) != nil {
      let suffixes = ResultTarget.Suffix.allCases.map(\.rawValue)
      return fault(
        "expression.statistic", "`\(name(parts.dropLast()))` has no `.\(last.name)`", last.bytes,
        suggestion: nearestName(to: last.name, among: suffixes),
        notes: NumberChoice.listing("statistics", suffixes))
    }
    let names = outline.entries.map(\.name)
    var wanted = name(parts)
    if let last = parts.last, ResultTarget.Suffix(rawValue: last.name) != nil {
      wanted = name(parts.dropLast())
    }
    return fault(
      "expression.unknown-path", "`\(block)` has no result `\(wanted)`", bytes,
      suggestion: nearestName(to: wanted, among: names) ?? Self.sameEnding(wanted, names),
      notes: NumberChoice.listing("results", names) + (parts.last.map(hyphenNote) ?? []))
  }

  /// `finetune.accuracy` for `test.accuracy`: the part of the split was left out or is another one.
  private static func sameEnding(_ wanted: String, _ names: [String]) -> String? {
    let ending = wanted.split(separator: ".").last.map(String.init) ?? wanted
    return names.first { $0.hasSuffix("." + ending) }
  }

  private func hyphenNote(_ part: ResultPath.Part) -> [String] {
    part.name.contains("-")
      ? ["`\(part.name)` is read as one name; spaces stand on both sides of a minus"] : []
  }
}
