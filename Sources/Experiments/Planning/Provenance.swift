/// Everything that a step's fingerprint is made of, as lines that people can compare.
///
/// Made by the walk that makes the fingerprint: two steps have equal provenances exactly when they
/// have equal fingerprints. Names that no result depends on (of blocks, of files) stand beside as
/// labels and take no part in comparisons.
package struct Provenance: Sendable {
  /// One thing that a result depends on.
  package struct Field: Sendable, Hashable {
    /// As a notebook would say where: `optimizer.adamw.lr`, `evaluate.metrics`, `seed`.
    ///
    /// Beside the fields of the notebook there are `numerics` (version of the numeric law), `data`
    /// (digest of the bytes read), `repeat_index`, and a path that ends in `.version` for every
    /// version that is not 1.
    package let path: String
    /// The value: `0.001`, `[accuracy, f1]`, `"a text with blanks"`, `sha256 0a1b…`.
    package let text: String

    package init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  /// A step that is read.
  package struct Input: Sendable {
    /// Identifier of the step in its notebook; a label.
    package let step: String
    package let fingerprint: Fingerprint

    package init(step: String, fingerprint: Fingerprint) {
      self.step = step
      self.fingerprint = fingerprint
    }
  }

  package let kind: Step.Kind
  /// In the order of the walk, each path once; fields at their defaults are left out.
  package let fields: [Field]
  /// In the order in which the step reads them.
  package let inputs: [Input]
  /// The file that the data is read from, relative to the project root; a label.
  package let file: String?

  package init(kind: Step.Kind, fields: [Field], inputs: [Input], file: String? = nil) {
    self.kind = kind
    self.fields = fields
    self.inputs = inputs
    self.file = file
  }

  /// The text of a field; nil where it has its default.
  package subscript(path: String) -> String? { fields.first { $0.path == path }?.text }
}

extension Provenance: Hashable {
  package static func == (first: Provenance, second: Provenance) -> Bool {
    first.kind == second.kind && first.fields == second.fields
      && first.inputs.map(\.fingerprint) == second.inputs.map(\.fingerprint)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(fields)
    for input in inputs { hasher.combine(input.fingerprint) }
  }
}

extension Provenance {
  fileprivate static let sources: Set<String> = [
    "dataset.csv", "dataset.jsonl", "dataset.text", "dataset.synthetic",
  ]
}

extension Step {
  /// What the fingerprint is made of.
  package var provenance: Provenance {
    var sink = ProvenanceFields()
    let fingerprints = identity.inputs
    work.describe(to: &sink, inputs: fingerprints, numericsVersion: identity.numericsVersion)
    var fields = sink.fields
    var file: String?
    if case .prepare(let spec, _, _) = work {
      // `dataset` names the source already, and the path of a file is always empty in the walk.
      fields.removeAll { Provenance.sources.contains($0.path) }
      file = spec.path
    }
    return Provenance(
      kind: kind, fields: fields,
      inputs: zip(inputs, fingerprints).map {
        Provenance.Input(step: $0.description, fingerprint: $1)
      },
      file: file)
  }
}
