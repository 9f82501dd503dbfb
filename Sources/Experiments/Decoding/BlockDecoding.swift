import Diagnostics

/// What a block's node decodes to.
struct DecodedBlock {
  var spec: ExperimentSpec?
  var common = CommonSpec()
  var expectations: [Expectation] = []
}

extension DecodedBlock {
  /// Reads a block whose `like`, parameters and profile are resolved.
  ///
  /// - Parameter name: where the block's name stands, for what is missing from the block.
  init(_ node: YAMLNode, name: SourceRange, _ diagnostics: inout [Diagnostic]) {
    guard let pairs = node.pairs else {
      diagnostics.append(.notAMapping(node, "A block"))
      return
    }
    let kinds = Self.kinds(pairs, name: name, &diagnostics)
    spec = Self.spec(kinds, name: name, &diagnostics)
    let ignored = Set(pairs.map(\.key)).subtracting(CommonSpec.table.fields.map(\.name))
    if let common = CommonSpec.table.decode(node, owner: name, ignoring: ignored, &diagnostics) {
      self.common = common
    }
    expectations = Self.expectations(node["expect"])
    if let kind = kinds.first?.kind { Self.check(node, kind: kind, &diagnostics) }
  }

  /// A kind that a block chooses, and what it says there.
  private struct ChosenKind {
    let kind: ExperimentKind
    let pair: YAMLNode.Pair
  }

  /// The kinds of a block: one, or `train` with `evaluate`; anything else is reported.
  private static func kinds(
    _ pairs: [YAMLNode.Pair], name: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> [ChosenKind] {
    var kinds: [ChosenKind] = []
    var isExplained = false
    for pair in pairs {
      if let kind = ExperimentKind(rawValue: pair.key) {
        kinds.append(ChosenKind(kind: kind, pair: pair))
      } else if BlockFields.laterKinds.contains(pair.key) {
        isExplained = true
        diagnostics.append(.notAvailable(pair.key, "kind of block", at: pair.keyRange))
      } else if !BlockFields.names.contains(pair.key) {
        let meant = nearestName(to: pair.key, among: BlockFields.names)
        // What stands under a mapping was probably meant as the kind.
        let isKind = meant.flatMap { ExperimentKind(rawValue: $0) } != nil
        isExplained = isExplained || isKind || pair.value.pairs != nil
        diagnostics.append(.unknownBlockKey(pair, meant: meant))
      }
    }
    // `train` first, so that its evaluation follows it.
    kinds.sort { $0.kind == .train && $1.kind != .train }
    let isPair = kinds.count == 2 && kinds[0].kind == .train && kinds[1].kind == .evaluate
    if kinds.count > 1, !isPair {
      diagnostics.append(.severalKinds(kinds.map(\.pair)))
    } else if kinds.isEmpty, !isExplained {
      diagnostics.append(.missingKind(at: name))
    }
    return kinds
  }

  private static func spec(
    _ kinds: [ChosenKind], name: SourceRange, _ diagnostics: inout [Diagnostic]
  ) -> ExperimentSpec? {
    var specs: [ExperimentSpec] = []
    var evaluation: EvaluateSpec?
    for chosen in kinds {
      let pair = chosen.pair
      let place = FieldPlace(name: pair.key, keyRange: pair.keyRange)
      let node = pair.value
      if node.isMissing {
        diagnostics.append(.emptyValue(place, help: BlockFields.help(of: chosen.kind)))
        continue
      }
      switch chosen.kind {
      case .dataset:
        DatasetSpec.type.decode(node, place, &diagnostics).map { specs.append(.dataset($0)) }
      case .tokenizer:
        TokenizerSpec.type.decode(node, place, &diagnostics).map { specs.append(.tokenizer($0)) }
      case .model:
        ModelSpec.type.decode(node, place, &diagnostics).map { specs.append(.model($0)) }
      case .train:
        TrainSpec.table.decode(node, owner: pair.keyRange, &diagnostics)
          .map { specs.append(.train($0, evaluate: nil)) }
      case .evaluate:
        evaluation = EvaluateSpec.table.decode(node, owner: pair.keyRange, &diagnostics)
      case .compare:
        CompareSpec.table.decode(node, owner: pair.keyRange, &diagnostics)
          .map { specs.append(.compare($0)) }
      case .plot:
        PlotSpec.table.decode(node, owner: pair.keyRange, &diagnostics)
          .map { specs.append(.plot($0)) }
      }
    }
    guard let evaluation, let pair = kinds.first(where: { $0.kind == .evaluate })?.pair else {
      return specs.first
    }
    return combine(specs.first, evaluation, pair, isAlone: kinds.count == 1, &diagnostics)
  }

  /// Puts an evaluation beside its training, or lets it stand alone.
  private static func combine(
    _ spec: ExperimentSpec?, _ evaluation: EvaluateSpec, _ pair: YAMLNode.Pair, isAlone: Bool,
    _ diagnostics: inout [Diagnostic]
  ) -> ExperimentSpec? {
    if isAlone {
      if evaluation.run == nil, pair.value["run"] == nil {
        let help = "name of the `train` block whose weights are measured"
        diagnostics.append(.missingKey("run", of: "evaluate", help: help, at: pair.keyRange))
      }
      return .evaluate(evaluation)
    }
    if let run = pair.value.pair("run") {
      diagnostics.append(
        Diagnostic(
          "experiment.conflict", "Beside `train:` an `evaluate:` has no `run`", at: run.keyRange,
          notes: [Diagnostic.Note("it measures the training of its own block")]))
    }
    guard case .train(let train, _) = spec else { return spec }
    return .train(train, evaluate: evaluation)
  }

  private static func expectations(_ node: YAMLNode?) -> [Expectation] {
    guard let node else { return [] }
    return (node.items ?? [node]).compactMap { item in
      guard case .scalar(let text, _, let content) = item.content, !text.isEmpty else { return nil }
      return Expectation(text: text, range: content ?? item.range, isVerbatim: content != nil)
    }
  }

  /// Rules about common keys that depend on the kind.
  private static func check(
    _ node: YAMLNode, kind: ExperimentKind, _ diagnostics: inout [Diagnostic]
  ) {
    if kind != .train, let pair = node.pair("repeat") {
      diagnostics.append(
        Diagnostic(
          "experiment.misplaced", "`repeat` stands in a `train` block, which it runs so many times",
          at: pair.keyRange))
    }
    let allowed = BlockFields.shownParts(of: kind)
    for item in node["show"]?.items ?? [] {
      guard let text = item.text, let part = ShownPart(rawValue: text), !allowed.contains(part)
      else { continue }
      diagnostics.append(.wrongPart(item, text, kind, allowed: allowed.map(\.rawValue)))
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownBlockKey(_ pair: YAMLNode.Pair, meant: String?) -> Diagnostic {
    let owners = ExperimentKind.allCases.filter {
      BlockFields.fieldNames(of: $0).contains(pair.key)
    }
    let elsewhere = owners.first.map { owner in
      "it is a field of `\(owner.rawValue)`, indented below `\(owner.rawValue):`"
    }
    return .unknownKey(
      pair, of: "block", allowed: BlockFields.names, elsewhere: elsewhere, meant: meant)
  }

  fileprivate static func severalKinds(_ pairs: [YAMLNode.Pair]) -> Diagnostic {
    let ordered = pairs.sorted { $0.keyRange.bytes.lowerBound < $1.keyRange.bytes.lowerBound }
    let names = ordered.map { "`\($0.key)`" }
    return Diagnostic(
      "experiment.several-kinds",
      "A block has exactly one kind; here are \(names.joined(separator: ", "))",
      at: ordered[1].keyRange,
      notes: [Note("only `train` may have an `evaluate` beside it; give each its own block")])
  }

  fileprivate static func missingKind(at name: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.missing-kind",
      "A block has exactly one kind: \(ExperimentKind.allCases.map(\.rawValue).alternatives)",
      at: name)
  }

  fileprivate static func wrongPart(
    _ node: YAMLNode, _ text: String, _ kind: ExperimentKind, allowed: [String]
  ) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-value", "A `\(kind.rawValue)` block has no part `\(text)` to show",
      at: node.range, notes: [Note("`show` takes \(allowed.alternatives) here")])
  }
}
