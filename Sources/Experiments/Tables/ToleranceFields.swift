import Diagnostics

extension Tolerance {
  static let table = FieldTable(
    "tolerance", "how far `check` lets a number lie from the published one; one bound is enough",
    defaults: Tolerance(),
    fields: [
      Field(
        "abs", \.abs, .optional(.number(.nonnegative)), "largest difference",
        aliases: ["atol", "absolute"], bears: .claim, default: "none"),
      Field(
        "rel", \.rel, .optional(.number(.nonnegative)),
        "largest difference as a share of the published magnitude", aliases: ["rtol", "relative"],
        bears: .claim, default: "none"),
      Field(
        "ulp", \.ulp, .optional(.integer(0...1_000_000)),
        "largest difference in units in the last place of a 32-bit float", aliases: ["ulps"],
        bears: .claim, default: "none"),
    ],
    check: { spec, _, owner, diagnostics in
      guard spec == Tolerance() else { return }
      diagnostics.append(.missingOneOf(["abs", "rel", "ulp"], of: "tolerance", at: owner))
    })
}

extension PathTolerance {
  /// A mapping from results to bounds: `{test.accuracy: {abs: 0.005}, "*": {ulp: 4}}`.
  static let type = ValueType<[PathTolerance]>(
    shape: .dictionary(.group(Tolerance.table.description)),
    decode: { node, place, diagnostics in
      let example = "a mapping such as {test.accuracy: {abs: 0.005}}"
      guard let pairs = node.pairs, !pairs.isEmpty else {
        diagnostics.append(.wrongType(node, place, wants: example))
        return nil
      }
      if let bound = pairs.first(where: { Tolerance.table.description.field($0.key) != nil }) {
        diagnostics.append(
          Diagnostic(
            "experiment.wrong-type", "`tolerance` takes \(example), not a bound alone",
            at: bound.keyRange,
            notes: [
              Diagnostic.Note(
                "{\"*\": {\(bound.key): \(bound.value.flowText)}} is for every result")
            ]))
        return nil
      }
      let tolerances = pairs.compactMap { pair -> PathTolerance? in
        let place = FieldPlace(name: pair.key, keyRange: pair.keyRange)
        guard pair.value.pairs != nil else {
          diagnostics.append(.wrongType(pair.value, place, wants: "bounds such as {abs: 0.005}"))
          return nil
        }
        return Tolerance.table.decode(pair.value, owner: pair.keyRange, &diagnostics)
          .map { PathTolerance(pair.key, $0) }
      }
      return tolerances.count == pairs.count ? tolerances : nil
    },
    encode: { tolerances in
      .group(
        table: "tolerance", version: 1,
        tolerances.map {
          FieldValue.Entry(
            $0.path,
            .group(table: "tolerance", version: 1, Tolerance.table.entries($0.tolerance)))
        })
    })
}
