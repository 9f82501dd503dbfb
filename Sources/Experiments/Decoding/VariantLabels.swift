/// What to call the values that a comparison tries.
///
/// A single value is called as it is written, a component by its name. Where two components of one
/// axis have the same name their fields tell them apart; what is longer than a table can bear is
/// numbered.
struct VariantLabels {
  static let maximumLength = 48

  /// One label per value, in order; equal ones only for equal values.
  static func labels(for values: [YAMLNode]) -> [String] {
    let short = values.map(\.shortLabel)
    var counts: [String: Int] = [:]
    for label in short { counts[label, default: 0] += 1 }
    return values.enumerated().map { index, value in
      guard counts[short[index], default: 0] > 1 else { return short[index] }
      let long = value.longLabel
      return long.count <= maximumLength ? long : "\(short[index])#\(index + 1)"
    }
  }
}

extension YAMLNode {
  fileprivate var shortLabel: String {
    let label: String
    switch content {
    case .scalar(let text, _, _): label = text
    case .mapping(let pairs) where pairs.count == 1: label = pairs[0].key
    case .mapping(let pairs):
      label = pairs.map { "\($0.key)=\($0.value.flowText)" }.joined(separator: ", ")
    case .sequence: label = flowText
    }
    return label.count <= VariantLabels.maximumLength
      ? label.withoutBrackets
      : label.prefix(VariantLabels.maximumLength - 1).description
        .withoutBrackets + "…"
  }

  /// `cosine(warmup_ratio=0.1)`.
  fileprivate var longLabel: String {
    switch content {
    case .scalar(let text, _, _): return text.withoutBrackets
    case .sequence: return flowText.withoutBrackets
    case .mapping(let pairs):
      guard pairs.count == 1, let fields = pairs[0].value.pairs else {
        return flowText.withoutBrackets
      }
      let list = fields.map { "\($0.key)=\($0.value.flowText)" }.joined(separator: ", ")
      return "\(pairs[0].key)(\(list))".withoutBrackets
    }
  }
}

extension String {
  /// Square brackets would end a label where a path gives it in brackets.
  fileprivate var withoutBrackets: String {
    guard contains("[") || contains("]") else { return self }
    return String(
      map { character in
        switch character {
        case "[": "("
        case "]": ")"
        default: character
        }
      })
  }
}
