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
    case .dataset: return []
    case .tokenizer(let tokenizer): return tokenizer.references(at: "tokenizer")
    case .model(let model): return model.references(at: "model")
    case .train(let train, _): return train.references
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

extension TrainSpec {
  fileprivate var references: [BlockReference] {
    var references: [BlockReference] = []
    switch model {
    case .named(let name):
      references.append(BlockReference(path: "train.model", name: name, kinds: [.model]))
    case .inline(let model): references += model.references(at: "train.model")
    }
    if let name = data.name {
      references.append(BlockReference(path: "train.data", name: name, kinds: [.dataset]))
    }
    switch tokenizer {
    case .named(let name):
      references.append(BlockReference(path: "train.tokenizer", name: name, kinds: [.tokenizer]))
    case .inline(let tokenizer): references += tokenizer.references(at: "train.tokenizer")
    case nil: break
    }
    return references
  }
}

extension ModelSpec {
  fileprivate func references(at path: String) -> [BlockReference] {
    guard case .derived(let derived) = self else { return [] }
    return [BlockReference(path: "\(path).from", name: derived.from, kinds: [.train, .model])]
  }
}

extension TokenizerSpec {
  fileprivate func references(at path: String) -> [BlockReference] {
    guard case .trained(let trained) = self, let name = trained.data.name else { return [] }
    return [BlockReference(path: "\(path).data", name: name, kinds: [.dataset])]
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
