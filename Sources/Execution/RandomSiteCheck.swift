package import Diagnostics
package import Experiments
internal import Learning
internal import Tensors

extension Plan {
  /// Trainings in which two parameters or layers would draw the same random numbers.
  ///
  /// A site is 32 bits of a digest (rule 6 of the numeric law), so two paths may meet, however
  /// unlikely; the law refuses such a model rather than train it on dependent numbers.
  package func checkRandomSites(of notebook: ExperimentNotebook) -> [Diagnostic] {
    var seen: Set<SequentialSpec> = []
    var diagnostics: [Diagnostic] = []
    for step in steps {
      guard case .train(let training, _, _) = step.work, seen.insert(training.model).inserted,
        let model = try? Sequential(training.model, inputs: training.facts.featureCount),
        let (first, second) = RandomSite.collision(among: model.randomSites)
      else { continue }
      diagnostics.append(
        Diagnostic(
          .error, "plan.random-sites",
          "Random numbers of `\(first.path)` and `\(second.path)` would be the same",
          at: notebook[step.block]?.range(of: "train.model"),
          notes: [.init("a layer added or taken away gives them other names")]))
    }
    return diagnostics
  }
}
