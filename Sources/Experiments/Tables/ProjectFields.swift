extension ProjectSettings {
  static let table = FieldTable(
    "assay.yaml", "what holds for every notebook below the folder of the file; none is needed",
    defaults: ProjectSettings(),
    fields: [
      Field(
        "limits", \.limits, .group(PlanLimits.table),
        "what a notebook may ask for; --limit name=value overrides it, the notebook cannot",
        aliases: ["limit"], bears: .permission, default: "those of `assay explain limits`")
    ])
}

extension PlanLimits {
  static let table = FieldTable(
    "limits",
    "what a run may take; beyond it Assay ends with exit code 5 and writes nothing",
    defaults: PlanLimits(),
    fields: [
      Field(
        "time", \.seconds, .optional(.duration),
        "of rendering or checking one notebook, by the clock", aliases: ["seconds", "timeout"],
        bears: .permission, default: "none"),
      Field(
        "memory", \.bytes, UnitText.byteCount.type,
        "of one step by the plan's estimate, and of the whole process while it runs",
        aliases: ["bytes", "ram"], bears: .permission),
      Field("rows", \.rows, .limit, "rows of one data set", bears: .permission),
      Field(
        "parameters", \.parameters, .limit, "parameters of one model", aliases: ["params"],
        bears: .permission),
      Field(
        "flop", \.flop, .limit, "floating point operations of the whole plan, estimated",
        aliases: ["flops"], bears: .permission, default: "1e15"),
      Field(
        "steps", \.steps, .limit,
        "steps of the whole plan: data sets, trainings, evaluations, and one for each result",
        bears: .permission),
    ])
}

extension ValueType where Value == Int {
  /// A whole number from 1, such as 1e9 or 20_000_000.
  fileprivate static var limit: ValueType {
    let largest = 1_000_000_000_000_000_000
    let type = integer(1...largest)
    return ValueType(
      shape: type.shape,
      decode: { node, place, diagnostics in
        let text = node.text ?? ""
        if text.isHugeNumber || (Double(notebook: text) ?? 0) > Double(largest) {
          diagnostics.append(.outOfRange(node, place, must: "at most 1e18"))
          return nil
        }
        return type.decode(node, place, &diagnostics)
      },
      encode: type.encode)
  }
}
