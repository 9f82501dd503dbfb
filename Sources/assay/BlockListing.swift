internal import Diagnostics
internal import Experiments
internal import JSON

/// What a render would do with every block of a notebook, for `assay plan`.
struct BlockListing {
  let notebook: String
  let forecast: PlanForecast
  let numericsVersion: Int
  let rate: ComputeRate

  /// A table, one block a line, and a line of totals.
  var text: String {
    var rows = [["block", "kind", "steps", "flop", "memory", "time", "state"]]
    for block in forecast.blocks { rows.append(row(block)) }
    let shown = rows.map { row in row.map(\.escapingControlCharacters) }
    let widths = (0..<6).map { column in shown.map { $0[column].displayWidth }.max() ?? 0 }
    var text = ""
    for row in shown {
      var line = ""
      for column in 0..<6 {
        line +=
          (2...5).contains(column)
          ? row[column].leftPadded(to: widths[column]) : row[column].padded(to: widths[column])
        line += "  "
      }
      text += line + row[6] + "\n"
    }
    return text + totals + "\n"
  }

  private func row(_ block: PlanForecast.Block) -> [String] {
    let head = [block.name, block.kind.rawValue]
    guard !block.computed.isEmpty else {
      return head + ["", "", "", "", block.state.text]
    }
    let cost = block.cost
    return head + [
      "\(block.computed.count) of \(block.stepCount)",
      cost.flop == 0 ? "" : NumberFormat.general(3).text(Double(cost.flop)),
      cost.bytes == 0 ? "" : cost.bytes.aboutByteText,
      cost.flop == 0 ? "" : rate.seconds(for: cost).aboutSecondsText, block.state.text,
    ]
  }

  private var totals: String {
    let states = forecast.blocks.map(\.state)
    let parts = [
      (states.count { $0 == .reused }, "reused"),
      (states.count { if case .toCompute = $0 { true } else { false } }, "to compute"),
      (states.count { $0 == .unsound }, "in error"),
      (states.count { if case .blocked = $0 { true } else { false } }, "blocked"),
    ].filter { $0.0 > 0 }.map { "\($0) \($1)" }
    let steps = forecast.blocks.reduce(0) { $0 + $1.computed.count }
    var text = parts.isEmpty ? "nothing to compute" : parts.joined(separator: ", ")
    if steps > 0 {
      text +=
        "; \(steps) \(steps == 1 ? "step" : "steps"), about "
        + "\(NumberFormat.general(3).text(Double(forecast.cost.flop))) flop, "
        + "\(forecast.cost.bytes.aboutByteText) at most, "
        + "\(rate.seconds(for: forecast.cost).aboutSecondsText) at \(rate.text)"
    }
    return text + "; numerics \(numericsVersion)"
  }

  /// `notebook`, `blocks` (`name`, `kind`, `state`, `cause`, `steps`, `computed`, and the estimates
  /// `flop`, `bytes`, `seconds`), `total` and `numerics`.
  var json: CanonicalJSON {
    .object([
      "notebook": .string(notebook),
      "numerics": .integer(numericsVersion),
      "blocks": .array(
        forecast.blocks.map { block in
          .members(
            estimates(block.cost).merging([
              "name": .string(block.name), "kind": .string(block.kind.rawValue),
              "state": .string(block.state.name),
              "cause": block.state.cause?.json, "blocked_by": block.state.blocker,
              "steps": .integer(block.stepCount), "computed": .integer(block.computed.count),
            ]) { _, new in new })
        }),
      "total": .members(
        estimates(forecast.cost).merging([
          "flop_per_second": .double(rate.flopPerSecond),
          "computed": .integer(forecast.blocks.reduce(0) { $0 + $1.computed.count }),
        ]) { _, new in new }),
    ])
  }

  private func estimates(_ cost: Cost) -> [String: CanonicalJSON?] {
    [
      "flop": .integer(cost.flop), "bytes": .integer(cost.bytes),
      "seconds": .double(rate.seconds(for: cost)),
    ]
  }
}

extension PlanForecast.State {
  /// As printed, with the cause.
  var text: String {
    switch self {
    case .component: "component"
    case .reused: "reused"
    case .toCompute(let cause): "to compute (\(cause.text))"
    case .unsound: "in error"
    case .blocked(let name): "blocked (`\(name)` is in error)"
    }
  }

  fileprivate var name: String {
    switch self {
    case .component: "component"
    case .reused: "reused"
    case .toCompute: "to-compute"
    case .unsound: "in-error"
    case .blocked: "blocked"
    }
  }

  fileprivate var cause: Cause? {
    guard case .toCompute(let cause) = self else { return nil }
    return cause
  }

  fileprivate var blocker: CanonicalJSON? {
    guard case .blocked(let name) = self else { return nil }
    return .string(name)
  }
}

extension Int {
  /// Bytes for people: `900 B`, `12 kB`, `3.4 MB`.
  fileprivate var aboutByteText: String {
    var value = Double(self)
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 999.5 { return NumberFormat.general(2).text(value) + " " + unit }
      value /= 1000
    }
    return NumberFormat.general(3).text(value) + " TB"
  }
}
