import Diagnostics

/// A name in a spec that must be a block's.
struct BlockReference {
  /// Path of the field.
  let path: String
  let name: String
  /// Kinds that the field takes.
  let kinds: [ExperimentKind]
}

extension ExperimentSpec {
  /// The names of blocks that the spec stands on, in the order of its fields.
  var references: [BlockReference] {
    switch self {
    case .dataset, .model: return []
    case .train(let train, _):
      return [
        train.model.name.map { BlockReference(path: "train.model", name: $0, kinds: [.model]) },
        train.data.name.map { BlockReference(path: "train.data", name: $0, kinds: [.dataset]) },
      ].compactMap { $0 }
    case .evaluate(let evaluate):
      return evaluate.run.map {
        [BlockReference(path: "evaluate.run", name: $0, kinds: [.train])]
      } ?? []
    case .compare(let compare):
      let runs = compare.runs.enumerated().map { index, name in
        BlockReference(path: "compare.runs[\(index)]", name: name, kinds: [.train, .evaluate])
      }
      let base = compare.base.map {
        [BlockReference(path: "compare.base", name: $0, kinds: [.train])]
      }
      return runs + (base ?? [])
    case .plot(let plot):
      let runs = plot.runs.enumerated().map { index, name in
        BlockReference(path: "plot.runs[\(index)]", name: name, kinds: [.train])
      }
      let compare = plot.compare.map {
        [BlockReference(path: "plot.compare", name: $0, kinds: [.compare])]
      }
      return runs + (compare ?? [])
    }
  }
}

/// The names of other notebooks' blocks that expressions mention: `bert/encoder` for alias `bert`.
///
/// A `/` without spaces is no division, so every word that holds one after an alias is a name.
func usedNames(in text: String, aliases: Set<String>) -> [String] {
  guard !aliases.isEmpty, text.utf8.contains(UInt8(ascii: "/")) else { return [] }
  var names: [String] = []
  var word = String.UnicodeScalarView()
  for scalar in Array(text.unicodeScalars) + [" "] {
    if scalar.isNameScalar || scalar == "-" || scalar == "/" {
      word.append(scalar)
      continue
    }
    let name = String(word)
    word = String.UnicodeScalarView()
    if let slash = name.firstIndex(of: "/"), aliases.contains(String(name[..<slash])) {
      names.append(name)
    }
  }
  return names
}
