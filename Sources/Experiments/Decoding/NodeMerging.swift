import Diagnostics

// How `like` and `profiles` merge: mappings key by key; where a component is chosen, the same one
// merges its fields and another replaces it; lists and single values replace; setting one of
// several fields that exclude each other takes the others away.

extension YAMLNode {
  /// The block with another block's keys merged over it.
  func mergingBlock(_ over: YAMLNode) -> YAMLNode {
    guard pairs != nil, let overPairs = over.pairs else { return over }
    var result = self
    for pair in overPairs {
      var value = pair.value
      if let base = result[pair.key] {
        value =
          pair.key == "profiles"
          ? base.mergingProfiles(value)
          : base.merging(value, BlockFields.shape(of: pair.key))
      }
      result = result.setting(pair.key, at: pair.keyRange, to: value)
    }
    return result
  }

  private func mergingProfiles(_ over: YAMLNode) -> YAMLNode {
    guard pairs != nil, let overPairs = over.pairs else { return over }
    var result = self
    for pair in overPairs {
      let value = result[pair.key].map { $0.mergingBlock(pair.value) } ?? pair.value
      result = result.setting(pair.key, at: pair.keyRange, to: value)
    }
    return result
  }

  /// The value with another merged over it, as the shape of their field says.
  func merging(_ over: YAMLNode, _ shape: ValueShape?) -> YAMLNode {
    guard pairs != nil, over.pairs != nil, let shape else { return over }
    switch shape.required {
    case .group(let table): return mergingFields(over, table)
    case .component(let family):
      guard let pairs, let overPairs = over.pairs, pairs.count == 1, overPairs.count == 1,
        pairs[0].key == overPairs[0].key, let table = family.alternative(pairs[0].key)
      else { return over }
      let inner = pairs[0].value.mergingFields(overPairs[0].value, table)
      return over.setting(overPairs[0].key, at: overPairs[0].keyRange, to: inner)
    case .variants(let variants):
      let own = variants.alternative(of: self)
      let other = variants.alternative(of: over)
      if let other, other.table.name != own?.table.name { return over }
      // A choice that cannot be told replaces too: what it goes with is unknown.
      let isChoosing = variants.alternatives.contains { over[$0.key] != nil }
      guard let own, other != nil || !isChoosing else { return over }
      return mergingFields(over, own.table)
    case .reference(_, let inline): return merging(over, inline)
    case .either(_, let shape): return merging(over, shape)
    case .dictionary(let shape):
      var result = self
      for pair in over.pairs ?? [] {
        let value = result[pair.key]?.merging(pair.value, shape) ?? pair.value
        result = result.setting(pair.key, at: pair.keyRange, to: value)
      }
      return result
    default: return over
    }
  }

  private func mergingFields(_ over: YAMLNode, _ table: TableDescription) -> YAMLNode {
    guard pairs != nil, let overPairs = over.pairs else { return over }
    var result = self
    for pair in overPairs {
      let rivals = table.exclusive.filter { $0.contains(pair.key) }.flatMap { $0 }
      result = result.removing { $0 != pair.key && rivals.contains($0) && over[$0] == nil }
      let shape = table.field(pair.key)?.shape
      let value = result[pair.key]?.merging(pair.value, shape) ?? pair.value
      result = result.setting(pair.key, at: pair.keyRange, to: value)
    }
    return result
  }
}
