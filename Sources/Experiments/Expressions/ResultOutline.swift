/// Which names a block's result has, without the numbers: known from the plan before anything runs,
/// and of a result after.
package struct ResultOutline: Sendable, Hashable {
  /// A name that an expression can use.
  package struct Entry: Sendable, Hashable {
    package enum Shape: Sendable, Hashable {
      /// One number.
      case scalar
      /// One number per class or run; nil where the classes are not known before the data is read.
      case keyed([String]?)
      case series
      /// A confusion matrix with its labels, as far as they are known.
      case matrix([String]?)
    }

    package let name: String
    package let shape: Shape

    package init(_ name: String, _ shape: Shape) {
      self.name = name
      self.shape = shape
    }
  }

  /// In order of presentation.
  package let entries: [Entry]
  /// Runs behind each number; nil where it is not the same for all of them.
  package let repeats: Int?
  /// False where names that are not listed may exist too: then an unknown one is no error.
  package let isComplete: Bool

  private let byName: [String: [Int]]
  private let leading: Set<String>

  package init(entries: [Entry], repeats: Int?, isComplete: Bool = true) {
    self.entries = entries
    self.repeats = repeats
    self.isComplete = isComplete
    byName = Dictionary(grouping: entries.indices) { entries[$0].name }
    leading = Set(entries.map { Self.leadingName(of: $0.name) })
  }

  /// The outline of a result.
  package init(of result: RunResult) {
    var entries: [Entry] = []
    var keys: [String: [String]] = [:]
    for scalar in result.scalars {
      guard let key = scalar.key else {
        entries.append(Entry(scalar.name, .scalar))
        continue
      }
      if keys[scalar.name] == nil { entries.append(Entry(scalar.name, .keyed(nil))) }
      keys[scalar.name, default: []].append(key)
    }
    entries = entries.map { entry in
      if case .keyed = entry.shape { return Entry(entry.name, .keyed(keys[entry.name] ?? [])) }
      return entry
    }
    entries += result.series.map { Entry($0.name, .series) }
    entries += result.matrices.map { Entry($0.name, .matrix($0.labels)) }
    self.init(entries: entries, repeats: nil)
  }

  /// Entries of a name: usually one; a scalar and a series may share theirs.
  func entries(named name: String) -> [Entry] {
    (byName[name] ?? []).map { entries[$0] }
  }

  /// Whether a path that begins with `name` means this block's own results.
  func begins(with name: String) -> Bool { leading.contains(name) }

  private static func leadingName(of name: String) -> String {
    String(name.prefix { $0 != "." && $0 != "[" })
  }
}
