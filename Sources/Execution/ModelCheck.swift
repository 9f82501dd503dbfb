package import Diagnostics
package import Experiments
internal import Learning
internal import Tensors

extension Plan {
  /// What only the engine knows of the models of a plan: sizes and initialisations that it refuses,
  /// and parameters that would draw the same random numbers.
  ///
  /// A random site is 32 bits of a digest (rule 6 of the numeric law), so two paths may meet, however
  /// unlikely; the law refuses such a model rather than train it on dependent numbers.
  package func checkModels(of notebook: ExperimentNotebook) -> [Diagnostic] {
    var seen: Set<PlannedModel> = []
    var diagnostics: [Diagnostic] = []
    for step in steps {
      guard case .train(let training, _, _) = step.work, seen.insert(training.model).inserted
      else { continue }
      let place = notebook[step.block]?.range(of: "train.model")
      do throws(ModelRefusal) {
        let sites = try training.randomSites()
        if let (first, second) = RandomSite.collision(among: sites) {
          diagnostics.append(.sameSites(first.path, second.path, at: place))
        }
      } catch {
        guard let rule = error.rule else { continue }
        diagnostics.append(
          Diagnostic(.error, "plan.model", "The model cannot be built: \(rule)", at: place))
      }
    }
    return diagnostics + Self.checkUnused(notebook)
  }

  /// Of models that no block uses: what is known of a BERT without its data.
  private static func checkUnused(_ notebook: ExperimentNotebook) -> [Diagnostic] {
    notebook.experiments.compactMap { experiment in
      guard case .model(.bert(let spec)) = experiment.spec, experiment.origin != .used,
        notebook.users(of: experiment.name).isEmpty
      else { return nil }
      do throws(BertConfigError) {
        try BertConfig(spec.config).validate()
        return nil
      } catch {
        return Diagnostic(
          .error, "plan.model", "The model cannot be built: \(error.description)",
          at: experiment.range(of: "model.bert"))
      }
    }
  }
}

/// A model that the engine refuses.
private struct ModelRefusal: Error {
  /// Nil for the limit on parameters, which has been reported with the limit's own exit status.
  let rule: String?
}

extension TrainingPlan {
  /// Every random site of initialising and training the model.
  fileprivate func randomSites() throws(ModelRefusal) -> [RandomSite] {
    switch model {
    case .sequential(let spec, _):
      do throws(ModelError) {
        return try Sequential(spec, inputs: facts.featureCount).randomSites
      } catch {
        if case .tooManyParameters = error { throw ModelRefusal(rule: nil) }
        throw ModelRefusal(rule: error.rule)
      }
    case .bert(let plan):
      do throws(BertConfigError) {
        return try BertModel(plan).randomSites + PretrainingData.randomSites
      } catch {
        if case .tooManyParameters = error { throw ModelRefusal(rule: nil) }
        throw ModelRefusal(rule: error.description)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func sameSites(
    _ first: String, _ second: String, at range: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      .error, "plan.random-sites",
      "Random numbers of `\(first)` and `\(second)` would be the same", at: range,
      notes: [.init("a layer added or taken away gives them other names")])
  }
}

extension ModelError {
  /// The rule that a model breaks; layers are counted from 1.
  var rule: String {
    switch self {
    case .noLayers: "it needs a layer"
    case .invalidWidth(let layer, let width):
      "layer \(layer + 1) may have 1 to \(Sequential.widths.upperBound) outputs, not \(width)"
    case .widthMismatch(let layer, let declared, let actual):
      "layer \(layer + 1) takes \(declared) features and gets \(actual)"
    case .tooManyParameters(let limit): "it may have \(limit) parameters"
    case .invalidProbability(let layer): "the probability of layer \(layer + 1) must be in 0…1"
    case .invalidEpsilon(let layer): "the epsilon of layer \(layer + 1) must be positive"
    case .invalidInitializer(let layer):
      "an initialisation of layer \(layer + 1) does not fit: spreads are finite and not negative, "
        + "and `orthogonal` is for weights only"
    }
  }
}
