/// The order in which blocks are planned and run.
enum BlockOrder {
  /// Blocks after all they refer to; among those that are equally deep, by the bytes of the name.
  ///
  /// Depth is the longest chain of references below a block, so the order is that of the graph,
  /// not of the file. References to nothing and cycles have been refused by decoding; blocks in a
  /// cycle are left out here.
  ///
  /// - Complexity: O(references + blocks · log blocks)
  static func sorted(_ notebook: ExperimentNotebook) -> [Experiment] {
    let experiments = notebook.experiments
    let indices = Dictionary(
      experiments.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var users = [[Int]](repeating: [], count: experiments.count)
    var open = [Int](repeating: 0, count: experiments.count)
    for (index, experiment) in experiments.enumerated() {
      for name in experiment.dependencies {
        guard let needed = indices[name] else { continue }
        users[needed].append(index)
        open[index] += 1
      }
    }
    var depth = [Int](repeating: 0, count: experiments.count)
    var queue = experiments.indices.filter { open[$0] == 0 }
    var head = 0
    while head < queue.count {
      let index = queue[head]
      head += 1
      for user in users[index] {
        depth[user] = max(depth[user], depth[index] + 1)
        open[user] -= 1
        if open[user] == 0 { queue.append(user) }
      }
    }
    return queue.sorted { left, right in
      if depth[left] != depth[right] { return depth[left] < depth[right] }
      let names = (experiments[left].name.utf8, experiments[right].name.utf8)
      if names.0.elementsEqual(names.1) { return left < right }
      return names.0.lexicographicallyPrecedes(names.1)
    }.map { experiments[$0] }
  }
}

extension Experiment {
  /// Names of the blocks whose declaration or result this one needs.
  var dependencies: [String] {
    switch spec {
    case .dataset, .tokenizer, .model, .train, .evaluate: spec.references.map(\.name)
    case .compare: compared.map(\.name)
    case .plot(let spec): spec.compare.map { [$0] } ?? spec.runs
    }
  }
}

extension ExperimentNotebook {
  /// Names of the blocks that need the one of this name, in the order of the notebook.
  package func users(of name: String) -> [String] {
    experiments.filter { $0.dependencies.contains(name) }.map(\.name)
  }
}
