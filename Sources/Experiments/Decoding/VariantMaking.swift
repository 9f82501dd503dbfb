import Diagnostics

/// The variants that a comparison makes of its base.
struct VariantMaking {
  /// Variants that a comparison makes at most.
  static let maximumCount = 256

  /// A variant before it is decoded.
  struct Variant {
    let label: String
    let values: [String]
    let node: YAMLNode
  }

  /// Makes a node per combination of values, the last field fastest; faults are reported at the
  /// paths and values of `over`.
  static func variants(
    of base: YAMLNode, over: YAMLNode, component: @escaping (String) -> YAMLNode?,
    _ diagnostics: inout [Diagnostic]
  ) -> [Variant] {
    let axes = (over.pairs ?? []).filter { !($0.value.items ?? []).isEmpty }
    let bare = base.removing { dropped.contains($0) }
    let assignment = FieldAssignment(component: component)
    let before = diagnostics.count
    for axis in axes { check(axis, in: bare, assignment, &diagnostics) }
    var count = 1
    for axis in axes {
      let product = count.multipliedReportingOverflow(by: axis.value.items?.count ?? 1)
      count = product.overflow ? .max : product.partialValue
    }
    if count > maximumCount {
      diagnostics.append(.tooManyVariants(count, at: over.range))
    }
    guard !diagnostics[before...].contains(where: \.isError) else { return [] }

    var variants = [Variant(label: "", values: [], node: bare)]
    for axis in axes {
      let items = axis.value.items ?? []
      let labels = VariantLabels.labels(for: items)
      let path = FieldPath(axis.key)
      variants = variants.flatMap { variant in
        zip(items, labels).compactMap { item, label in
          guard
            let node = try? assignment.setting(
              path, at: axis.keyRange, to: item, in: variant.node)
          else { return nil }
          let values = variant.values + [label]
          return Variant(label: values.joined(separator: ", "), values: values, node: node)
        }
      }
    }
    return variants
  }

  /// What the base says of itself and its variants do not.
  private static let dropped: Set<String> = [
    "caption", "expect", "show", "echo", "like", "profiles",
  ]

  /// Reports a path that leads nowhere, and values that are the same.
  private static func check(
    _ axis: YAMLNode.Pair, in base: YAMLNode, _ assignment: FieldAssignment,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard let items = axis.value.items, let first = items.first else { return }
    do {
      _ = try assignment.setting(FieldPath(axis.key), at: axis.keyRange, to: first, in: base)
    } catch {
      diagnostics.append(.unknownPath(error, at: axis.keyRange))
    }
    var seen: [String: SourceRange] = [:]
    for (item, label) in zip(items, VariantLabels.labels(for: items)) {
      if let earlier = seen.updateValue(item.range, forKey: label) {
        diagnostics.append(.sameVariant(item, first: earlier))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownPath(_ fault: PathFault, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.unknown-path", fault.message, at: range,
      notes: fault.allowed.isEmpty ? [] : [Note("known: \(fault.allowed.joined(separator: ", "))")],
      suggestion: fault.meant)
  }

  fileprivate static func sameVariant(_ node: YAMLNode, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.repeated-item",
      "The values of a field in `over` differ; \(node.flowText.abbreviated) stands twice",
      at: node.range, notes: [Note("first here", at: first)])
  }

  fileprivate static func tooManyVariants(_ count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "experiment.too-many",
      "A comparison makes at most \(VariantMaking.maximumCount) variants; here are \(count)",
      at: range)
  }
}
