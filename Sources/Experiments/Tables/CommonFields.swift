extension CommonSpec {
  static let table = FieldTable(
    "block", "what every block may say beside its kind", defaults: CommonSpec(),
    fields: [
      Field(
        "caption", \.caption, .optional(.prose, none: false),
        "text under the block's first figure or table", aliases: ["title"], bears: .presentation,
        default: "none"),
      Field(
        "show", \.show,
        .optional(.list(of: .choice, counts: 0...20, unique: true), none: false),
        "parts of the result to print, in this order; [] prints none", aliases: ["display"],
        bears: .presentation, default: "what the kind usually prints"),
      Field(
        "echo", \.echo, .flag, "whether the block's text stays visible on the page",
        bears: .presentation),
      Field(
        "expect", \.expect, .claims, "claims about results, such as test.accuracy >= 0.9",
        aliases: ["expects", "assert"], bears: .claim),
      Field(
        "tolerance", \.tolerance, PathTolerance.type,
        "by result, how far `check` lets it lie from the published one, such as "
          + "{test.accuracy: {abs: 0.005}}; `test` covers all of that part, \"*\" everything",
        aliases: ["tolerances", "tol"], bears: .claim, default: "none"),
      Field(
        "seed", \.seed, .optional(.seed), "where random numbers begin", aliases: ["random_state"],
        default: "the front matter's"),
      Field(
        "repeat", \.repeats, .integer(1...1000), "number of seeds to run with",
        aliases: ["repeats", "n_repeats", "num_seeds"]),
    ])

  /// Keys that are resolved before the fields are read.
  static let structural: [FieldDescription] = [
    FieldDescription(
      name: "like", shape: .reference(ExperimentKind.allCases, inline: nil),
      help: "name of a block whose spec is copied before this one's fields are merged in; "
        + "`caption` and `expect` are not copied",
      aliases: ["extends", "inherit"], isRequired: false, bearing: .result, defaultValue: nil,
      defaultPhrase: "none"),
    FieldDescription(
      name: "profiles", shape: .dictionary(.text("part of a block")),
      help: "by name, what `--profile NAME` merges into the block, such as "
        + "{smoke: {train: {epochs: 1}}}",
      aliases: ["profile"], isRequired: false, bearing: .result, defaultValue: nil,
      defaultPhrase: "none"),
  ]
}

extension ValueType where Value == Int {
  /// A seed: any whole number from 0 that 63 bits hold.
  static var seed: ValueType { .integer(0...Int.max) }
}

extension ValueType where Value == [String] {
  /// A list of expressions, or one alone.
  fileprivate static var claims: ValueType {
    let list = ValueType<[String]>.list(of: .text("an expression"), counts: 0...1000)
    return ValueType(
      shape: list.shape,
      decode: { node, place, diagnostics in
        if let text = node.text, !node.isMissing { return [text] }
        return list.decode(node, place, &diagnostics)
      },
      encode: list.encode)
  }
}
