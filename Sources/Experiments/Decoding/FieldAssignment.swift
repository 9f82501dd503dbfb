import Diagnostics

/// Why a path leads to no field.
struct PathFault: Error {
  /// A sentence without full stop.
  let message: String
  /// What could stand there.
  let allowed: [String]
  let meant: String?
}

/// Sets a field of a block by its path, through components and references.
struct FieldAssignment {
  /// The node of a component block by whole name: what stands under its `model:` or `dataset:`.
  let component: (String) -> YAMLNode?

  /// The block with the value at a path of `over`.
  ///
  /// Going through a reference copies the referred component in place, so that the block it comes
  /// from keeps its value.
  func setting(
    _ path: FieldPath, at range: SourceRange, to value: YAMLNode, in block: YAMLNode
  ) throws(PathFault) -> YAMLNode {
    guard path.isWellFormed, case .key(let first)? = path.elements.first else {
      throw PathFault(
        message: "A path is names with dots between, such as `train.schedule`", allowed: [],
        meant: nil)
    }
    let roots = ["train", "evaluate", "seed"]
    guard roots.contains(first) else {
      let isTrainField = TrainSpec.table.fields.contains { $0.name == first }
      throw PathFault(
        message: "A path of `over` begins with \(roots.alternatives), not `\(first)`",
        allowed: roots,
        meant: isTrainField ? "train." + first : nearestName(to: first, among: roots))
    }
    return try set(
      path.elements[...], at: range, to: value, in: block, .group(BlockFields.table),
      default: nil)
  }

  private func set(
    _ path: ArraySlice<FieldPath.Element>, at range: SourceRange, to value: YAMLNode,
    in node: YAMLNode?, _ shape: ValueShape, default fallback: FieldValue?
  ) throws(PathFault) -> YAMLNode {
    guard let element = path.first else { return value }
    let rest = path.dropFirst()
    switch (shape.required, element) {
    case (.group(let table), .key(let key)):
      return try setField(key, rest, at: range, to: value, in: node, table, of: table.name)
    case (.component(let family), .key(let key)):
      return try setComponent(
        key, path, at: range, to: value, in: node, family, default: fallback)
    case (.variants(let variants), .key(let key)):
      guard let node, let chosen = variants.alternative(of: node) else {
        throw PathFault(message: "`\(variants.name)` is not chosen yet", allowed: [], meant: nil)
      }
      return try setField(
        key, rest, at: range, to: value, in: node, chosen.table, of: variants.name)
    case (.reference(let kinds, let inline?), _):
      let inner = node?.text.flatMap { component((node?.scope.prefix ?? "") + $0) } ?? node
      guard let inner, inner.pairs != nil else {
        let kind = kinds.first?.rawValue ?? "component"
        throw PathFault(
          message: "The path goes through a `\(kind)` that is not there", allowed: [], meant: nil)
      }
      return try set(path, at: range, to: value, in: inner, inline, default: nil)
    case (.list(let item, _), .index(let index)):
      guard let node, var items = node.items, items.indices.contains(index) else {
        throw PathFault(
          message: "There is no item [\(index)]; the list has \(node?.items?.count ?? 0), from [0]",
          allowed: [], meant: nil)
      }
      items[index] = try set(
        rest, at: range, to: value, in: items[index], item, default: nil)
      return YAMLNode(.sequence(items), at: node.range, scope: node.scope)
    case (_, .key(let key)):
      throw PathFault(message: "There is no field `\(key)` here", allowed: [], meant: nil)
    case (_, .index(let index)):
      throw PathFault(message: "There is no list here for [\(index)]", allowed: [], meant: nil)
    }
  }

  private func setField(
    _ key: String, _ rest: ArraySlice<FieldPath.Element>, at range: SourceRange,
    to value: YAMLNode, in node: YAMLNode?, _ table: TableDescription, of owner: String
  ) throws(PathFault) -> YAMLNode {
    guard let field = table.field(key) else {
      let names = table.fields.map(\.name)
      let alias = table.fields.first { $0.aliases.contains(key) }?.name
      throw PathFault(
        message: "`\(owner)` has no field `\(key)`", allowed: names,
        meant: alias ?? nearestName(to: key, among: names))
    }
    let inner = try set(
      rest, at: range, to: value, in: node?[key], field.shape, default: field.defaultValue)
    let rivals = table.exclusive.filter { $0.contains(key) }.flatMap { $0 }
    let base = node ?? YAMLNode(.mapping([]), at: range, scope: value.scope)
    return base.removing { $0 != key && rivals.contains($0) }.setting(key, at: range, to: inner)
  }

  /// `optimizer.lr` and `optimizer.adamw.lr` are the same field when the optimiser is adamw.
  private func setComponent(
    _ key: String, _ path: ArraySlice<FieldPath.Element>, at range: SourceRange,
    to value: YAMLNode, in node: YAMLNode?, _ family: FamilyDescription,
    default fallback: FieldValue?
  ) throws(PathFault) -> YAMLNode {
    var name: String?
    if let node { name = node.text ?? node.pairs?.first?.key }
    if name == nil, case .component(let standard, _, _)? = fallback { name = standard }
    guard let name, let table = family.alternative(name) else {
      throw PathFault(
        message: "No \(family.name) is chosen here whose `\(key)` could be set",
        allowed: family.alternatives.map(\.name), meant: nil)
    }
    let rest = key == name ? path.dropFirst() : path
    guard case .key(let field)? = rest.first else {
      throw PathFault(
        message: "The path names the \(family.name) but none of its fields",
        allowed: table.fields.map(\.name), meant: nil)
    }
    if family.alternative(field) != nil, table.field(field) == nil {
      throw PathFault(
        message: "The \(family.name) is `\(name)` here, not `\(field)`",
        allowed: table.fields.map(\.name), meant: nil)
    }
    let inner = try setField(
      field, rest.dropFirst(), at: range, to: value, in: node?[name], table, of: name)
    let base = YAMLNode(.mapping([]), at: node?.range ?? range, scope: value.scope)
    return base.setting(name, at: node?.pairs?.first?.keyRange ?? range, to: inner)
  }
}
