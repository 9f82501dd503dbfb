/// Which value every knob of the project has, and in which of many equal ways all of it is written.
struct ProjectState: Hashable {
  /// Indices of the values by knob; knobs that are not there have their first.
  private(set) var values: [String: Int] = [:]
  /// By `UNIT.ASPECT` what the way of writing is drawn from; 0, which is left out, is the plain way.
  private(set) var looks: [String: UInt64] = [:]

  /// Parts of the project that are written in their own way.
  static let units = [
    "front", "curve", "table", "net", "fit", "slow", "classes", "sizes", "side", "lines", "again",
    "extra", "borrowed", "lib", "points", "shared",
  ]

  /// What can be written in several ways without a change of meaning.
  static let aspects = [
    "order", "layout", "comments", "spelling", "fence", "prose", "caption", "show", "echo",
    "expect",
    "tolerance", "profiles",
  ]

  /// The value of a knob as Assay prints it.
  subscript(name: String) -> String {
    guard let knob = Knob.byName[name], let value = knob.values[values[name] ?? 0].first else {
      return "there is no knob \(name)"
    }
    return value
  }

  /// The value of a knob in the spelling that its unit has drawn; empty: left out.
  func spelled(_ name: String) -> String {
    guard let knob = Knob.byName[name] else { return "there is no knob \(name)" }
    let spellings = knob.values[values[name] ?? 0]
    guard var generator = look("\(knob.unit).spelling") else {
      // The plain way is shortest: nothing where the default is meant.
      return spellings.contains("") ? "" : spellings[0]
    }
    for _ in 0..<name.utf8.count % 7 { _ = generator.next() }
    // A default has its name in causes, which is not always a value.
    let usable = spellings.filter { $0 != "none" }
    return generator.pick(usable)
  }

  /// What an aspect's way is drawn from; nil for the plain way.
  func look(_ name: String) -> SeededGenerator? {
    looks[name].map { SeededGenerator(seed: $0) }
  }

  /// Names of the knobs whose values differ.
  func knobs(differingFrom other: ProjectState) -> [String] {
    Knob.all.map(\.name).filter { self[$0] != other[$0] }
  }

  /// Gives a knob another value; returns what was done, in words.
  mutating func turn(_ knob: Knob, using generator: inout SeededGenerator) -> String {
    let before = values[knob.name] ?? 0
    let others = knob.values.indices.filter { $0 != before }
    let after = generator.pick(others)
    values[knob.name] = after == 0 ? nil : after
    return "\(knob.name): \(knob.values[before][0]) → \(knob.values[after][0])"
  }

  /// Writes a part in another way; returns what was done, in words.
  mutating func rewrite(using generator: inout SeededGenerator) -> String {
    if generator.chance(10) {
      let name = generator.pick(["file.order", "file.ends"])
      looks[name] = generator.next() | 1
      return "\(name) \(looks[name] ?? 0)"
    }
    let name = "\(generator.pick(Self.units)).\(generator.pick(Self.aspects))"
    looks[name] = generator.next() | 1
    return "\(name) \(looks[name] ?? 0)"
  }
}
