internal import JSON

extension TextCorpus {
  /// The documents of a JSON Lines file: one object a line, blank lines between them allowed.
  ///
  /// Texts are strings; space around them is no part of them, and one that holds nothing else is an
  /// error. A label is a string, a whole number, `true` or `false`; where the first one is a list of
  /// such labels, perhaps empty, all are, and documents have sets of labels. A target is a number.
  /// Members that are not asked for may be anything. Texts without escapes stay in the file's bytes.
  /// - Throws: `CorpusError`, with line and column.
  /// - Complexity: O(bytes)
  package init(
    jsonLines bytes: TextBytes, fields: TextFields, limits: CorpusLimits = CorpusLimits()
  ) throws(CorpusError) {
    if bytes.count > limits.bytes { throw CorpusError(.tooManyBytes(limit: limits.bytes)) }
    var names: Set<String> = []
    for name in fields.names where !names.insert(name).inserted {
      throw CorpusError(.repeatedField(name))
    }
    self = try bytes.withBytes { text in
      Result { () throws(CorpusError) in
        var reader = JSONLinesReader(text: text, bytes: bytes, fields: fields, limits: limits)
        return try reader.read()
      }
    }.get()
  }
}

/// One pass over the lines of a JSON Lines file.
private struct JSONLinesReader {
  private let text: UnsafeBufferPointer<UInt8>
  private let scan: SentenceScan
  private let fields: TextFields
  private let limits: CorpusLimits
  private var builder: CorpusBuilder
  private var classes = ClassCodes()
  private var sets = LabelSetCodes()
  /// Whether labels are lists; nil before the first one.
  private var hasSets: Bool?
  private var values: [Double] = []
  /// Where the line being read begins.
  private var line = 0

  init(
    text: UnsafeBufferPointer<UInt8>, bytes: TextBytes, fields: TextFields, limits: CorpusLimits
  ) {
    self.text = text
    self.fields = fields
    self.limits = limits
    scan = SentenceScan(text: text)
    builder = CorpusBuilder(of: bytes)
  }

  mutating func read() throws(CorpusError) -> TextCorpus {
    line = CorpusError.markLength(of: text)
    if line == text.count { throw error(.emptyFile, at: line) }
    if let fault = UTF8Sequence.firstFault(in: text) { throw error(.invalidUTF8, at: fault) }
    var round = 0
    while line < text.count {
      if DeadlineInterval.includes(round), limits.deadline.hasPassed {
        throw CorpusError(.outOfTime)
      }
      round += 1
      let end = scan.lineEnd(from: line)
      if scan.afterSpace(line, to: end) < end { try readLine(to: end) }
      line = end + 1
    }
    if builder.count == 0 { throw CorpusError(.noDocuments) }
    if let only = classes.onlyClass { throw CorpusError(.oneClass(only)) }
    if case .label(let name)? = fields.target, hasSets == true, !sets.hasLabels {
      throw CorpusError(.noLabels(name))
    }
    return builder.corpus(targets: targets)
  }

  private var targets: Targets? {
    switch fields.target {
    case nil: nil
    case .label, .labelSet, .labelColumns: hasSets == true ? sets.targets : classes.targets
    case .values(let names): .values(values, names: names)
    }
  }

  private mutating func readLine(to end: Int) throws(CorpusError) {
    if builder.count == limits.documents {
      throw error(.tooManyDocuments(limit: limits.documents), at: line)
    }
    // A line with escapes of six bytes for each of its text, and as much of other members.
    if end - line > 12 * limits.documentBytes {
      throw error(.documentTooLong(limit: limits.documentBytes), at: line)
    }
    let object = try json { () throws(JSONFault) in
      try JSONParser.parse(Array(text[line..<end]), path: "")
    }
    let first = try solid(fields.text, of: object)
    var second: Range<Int>?
    if let name = fields.textPair { second = try solid(name, of: object) }
    switch fields.target {
    case nil: break
    case .label(let name), .labelSet(let name, _): try readLabel(name, of: object)
    case .labelColumns: break
    case .values(let names):
      for name in names { values.append(try number(name, of: object)) }
    }
    builder.append(first, second: second)
  }

  // MARK: Members

  private func member(_ name: String, of object: JSONNode) throws(CorpusError) -> JSONNode {
    let node = try json { () throws(JSONFault) in try object.optionalMember(name) }
    guard let node else { throw error(.missingMember(name), at: object) }
    if case .null = node.value { throw error(.missingMember(name), at: node) }
    return node
  }

  /// The place of a text, in the file where it is spelled there as it is.
  private mutating func solid(
    _ name: String, of object: JSONNode
  ) throws(CorpusError) -> Range<Int> {
    let node = try member(name, of: object)
    let string = try json { () throws(JSONFault) in try node.string() }
    let place = node.range.bytes
    let spelled = line + place.lowerBound + 1..<line + place.upperBound - 1
    // An escape is longer than what it stands for.
    let isPlain = spelled.count == string.utf8.count
    guard let range = isPlain ? builder.solid(spelled) : builder.keep(string.utf8) else {
      throw error(.blankText(name), at: node)
    }
    if range.count > limits.documentBytes {
      throw error(.documentTooLong(limit: limits.documentBytes), at: node)
    }
    return range
  }

  /// Reads a label, or a list of them; which it is the first line says for all.
  private mutating func readLabel(_ name: String, of object: JSONNode) throws(CorpusError) {
    let node = try member(name, of: object)
    let isList =
      switch node.value {
      case .array, .numbers: true
      default: false
      }
    if let hasSets, hasSets != isList { throw error(.mixedLabels(name), at: node) }
    hasSets = isList
    guard isList else {
      classes.append(try label(name, node))
      return
    }
    let nodes = try json { () throws(JSONFault) in try node.array { $0 } }
    var labels: [String] = []
    for node in nodes { labels.append(try label(name, node)) }
    guard let repeated = sets.append(labels) else { return }
    let second = zip(labels, nodes).filter { $0.0 == repeated }.dropFirst().first
    throw error(.repeatedLabel(name, label: repeated), at: second?.1 ?? node)
  }

  private func label(_ name: String, _ node: JSONNode) throws(CorpusError) -> String {
    switch node.value {
    case .string(let text) where !text.isEmpty: return text
    case .bool(let flag): return String(flag)
    case .number:
      if let number = try? node.integer() { return String(number) }
    default: break
    }
    throw error(.notALabel(name), at: node)
  }

  private func number(_ name: String, of object: JSONNode) throws(CorpusError) -> Double {
    let node = try member(name, of: object)
    let number = try json { () throws(JSONFault) in try node.double() }
    // NaN fails the comparison too.
    guard abs(number) <= Double(Float.greatestFiniteMagnitude) else {
      throw error(.notFinite(name), at: node)
    }
    return number
  }

  // MARK: Faults

  /// Runs `body`, whose faults are of the line being read.
  private func json<Value>(
    _ body: () throws(JSONFault) -> Value
  ) throws(CorpusError) -> Value {
    do throws(JSONFault) {
      return try body()
    } catch {
      throw self.error(.json(error.message), at: line + error.range.bytes.lowerBound)
    }
  }

  private func error(_ rule: CorpusError.Rule, at node: JSONNode) -> CorpusError {
    error(rule, at: line + node.range.bytes.lowerBound)
  }

  private func error(_ rule: CorpusError.Rule, at offset: Int) -> CorpusError {
    CorpusError(rule, at: min(offset, text.count), in: text)
  }
}
