package import Diagnostics

/// A notebook whose blocks are decoded, checked and resolved: what planning starts from.
///
/// No `like`, `$name`, profile or `over` is left in it; references name experiments in it.
package struct ExperimentNotebook: Sendable {
  package let settings: NotebookSettings
  /// The notebook's own blocks in document order, each comparison followed by its variants, then
  /// the blocks of used notebooks that something refers to.
  package let experiments: [Experiment]
  /// Profiles that some block knows, sorted.
  package let profileNames: [String]

  private let indices: [String: Int]

  package init(
    settings: NotebookSettings, experiments: [Experiment], profileNames: [String] = []
  ) {
    self.settings = settings
    self.experiments = experiments
    self.profileNames = profileNames
    indices = Dictionary(
      experiments.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The experiment of a whole name: `finetune`, `bert/encoder`, `rates[0.1]`.
  package subscript(name: String) -> Experiment? {
    indices[name].map { experiments[$0] }
  }
}

/// One block, decoded.
package struct Experiment: Sendable {
  /// Where an experiment comes from.
  package enum Origin: Sendable, Hashable {
    /// A block of this notebook: it has a region in the document.
    case block
    /// Made by `over` of the comparison of that name; shown only there.
    case variant(of: String)
    /// A block of a used notebook.
    case used
  }

  /// Name of the block; `alias/name` from a used notebook, `NAME[LABEL]` for a variant.
  package let name: String
  package let origin: Origin
  package let spec: ExperimentSpec
  package let common: CommonSpec
  /// The block's seed, else its front matter's, else 0.
  package let seed: Int
  /// The name in the info string (of the comparison, for a variant).
  package let nameRange: SourceRange
  /// The claims of `expect`.
  package let expectations: [Expectation]
  /// What a comparison puts side by side, in order; empty for other kinds.
  package let compared: [ComparedRun]
  let node: YAMLNode

  package init(
    name: String, origin: Origin, spec: ExperimentSpec, common: CommonSpec, seed: Int,
    nameRange: SourceRange, expectations: [Expectation] = [], compared: [ComparedRun] = []
  ) {
    self.init(
      name: name, origin: origin, spec: spec, common: common, seed: seed, nameRange: nameRange,
      expectations: expectations, compared: compared, node: YAMLNode.missing(at: nameRange))
  }

  init(
    name: String, origin: Origin, spec: ExperimentSpec, common: CommonSpec, seed: Int,
    nameRange: SourceRange, expectations: [Expectation], compared: [ComparedRun], node: YAMLNode
  ) {
    self.name = name
    self.origin = origin
    self.spec = spec
    self.common = common
    self.seed = seed
    self.nameRange = nameRange
    self.expectations = expectations
    self.compared = compared
    self.node = node
  }

  /// Where the value of a field stands: `train.model`, `model.sequential[2].linear.out_features`.
  ///
  /// A field left to its default gives the place of the nearest thing around it that is written.
  /// - Complexity: O(length of the path · fields per level)
  package func range(of path: String) -> SourceRange {
    node.range(of: FieldPath(path)) ?? nameRange
  }
}

/// A claim about results, as written.
package struct Expectation: Sendable {
  /// An expression, such as `test.accuracy >= 0.90`.
  package let text: String
  /// The expression in the notebook, without quotes; same bytes as `text` when `isVerbatim`.
  package let range: SourceRange
  /// Whether byte i of `text` is byte i of the range, so that positions inside can be named.
  package let isVerbatim: Bool

  package init(text: String, range: SourceRange, isVerbatim: Bool) {
    self.text = text
    self.range = range
    self.isVerbatim = isVerbatim
  }
}

/// A run that takes part in a comparison.
package struct ComparedRun: Sendable, Hashable {
  /// Name of the experiment: a block, or `NAME[LABEL]` for a variant.
  package let name: String
  /// What to call it in the table: the block's name, or the values that make the variant.
  package let label: String
  /// The label's parts, one per field of `over`; empty for a named run.
  package let values: [String]

  package init(name: String, label: String, values: [String] = []) {
    self.name = name
    self.label = label
    self.values = values
  }
}
