internal import Diagnostics
package import Digests
internal import JSON

/// What a rendered document claims: `output/NAME.ledger.json`, committed beside it.
///
/// Holds no clock, host or absolute path. `check` recomputes the steps and compares value by value;
/// `render` tells a stale block (other fingerprint) from a drifted one (same fingerprint, other
/// value).
package struct Ledger: Sendable, Hashable {
  /// Version of the file's form.
  ///
  /// Earlier ones are read too: 1 lacks the fields of blocks, 2 their digests, what they say of printing,
  /// and the blocks of used notebooks.
  package static let formatVersion = 3

  /// Version of the form that the ledger has, or was read in.
  package let format: Int
  /// Version of the numeric law that the values were computed under.
  package var numericsVersion: Int
  /// The notebook, relative to the project root.
  package var notebook: String
  /// Profile and parameter overrides that the document was rendered with; empty for none.
  package var options: [String: String]
  /// In the order of the notebook, then those of used notebooks that anything here refers to.
  package var blocks: [Block]
  /// The files written with the ledger, in order.
  package var documents: [Document]
  /// Digest of the notebook's text without what was generated, where no document holds it: of a page
  /// alone nobody could tell what prose it was made of.
  package var source: SHA256Hex?

  package init(
    numericsVersion: Int, notebook: String, options: [String: String] = [:], blocks: [Block] = [],
    documents: [Document] = [], format: Int = formatVersion
  ) {
    self.format = format
    self.numericsVersion = numericsVersion
    self.notebook = notebook
    self.options = options
    self.blocks = blocks
    self.documents = documents
  }

  /// A file and its bytes' digest.
  package struct Document: Sendable, Hashable {
    /// File name, without folders.
    package let name: String
    package let digest: SHA256Hex

    package init(name: String, digest: SHA256Digest) {
      self.init(name: name, digest: SHA256Hex(digest))
    }

    init(name: String, digest: SHA256Hex) {
      self.name = name
      self.digest = digest
    }
  }

  /// One block: what was computed, and what came out.
  package struct Block: Sendable, Hashable {
    package let name: String
    package let kind: String
    /// Every step with its fingerprint, in order of the plan.
    package let steps: [StepEntry]
    /// What the fingerprints are made of, sorted by path; nil in a ledger of format 1.
    ///
    /// Names a change where no store has the earlier steps.
    package let fields: [Provenance.Field]?
    /// What the block says of how it is printed, such as `show`, be it of its own or from another block
    /// by `like`; nil in a ledger before format 3.
    package let presentation: [String: String]?
    /// Digest of the canonical text of the result; nil when the block failed.
    package let result: SHA256Hex?
    /// Every scalar of the result.
    package let values: [Value]
    /// Series and matrices by digest.
    package let shapes: [Shape]
    /// The block's expectations.
    package let claims: [Claim]

    /// - Parameters:
    ///   - steps: the block's steps.
    ///   - result: nil when the block failed.
    ///   - digest: of the result, where somebody has it already; nil: it is computed.
    package init(
      name: String, kind: String, presentation: [String: String] = [:], steps: [Step],
      result: RunResult?, digest: SHA256Digest? = nil, verdicts: [Expectation.Verdict]
    ) {
      self.init(
        name: name, kind: kind, presentation: presentation,
        steps: steps.map { StepEntry(id: $0.id.description, fingerprint: $0.fingerprint) },
        fields: Self.fields(of: steps), result: result.map { SHA256Hex(digest ?? $0.digest) },
        values: (result?.scalars ?? []).map(Value.init),
        shapes: result.map(Shape.shapes(of:)) ?? [],
        claims: verdicts.map { Claim(text: $0.text, outcome: $0.outcome) })
    }

    init(
      name: String, kind: String, presentation: [String: String]? = [:], steps: [StepEntry],
      fields: [Provenance.Field]? = nil, result: SHA256Hex?, values: [Value], shapes: [Shape],
      claims: [Claim]
    ) {
      self.name = name
      self.kind = kind
      self.presentation = presentation
      self.steps = steps
      self.fields = fields
      self.result = result
      self.values = values
      self.shapes = shapes
      self.claims = claims
    }

    /// The lines of the block's steps together, without what tells its repeats apart and without the
    /// numerics version, which stands in the ledger once.
    static func fields(of steps: [Step]) -> [Provenance.Field] {
      var texts: [String: String] = [:]
      for step in steps where (step.work.repeatIndex ?? 0) == 0 {
        for field in step.provenance.fields
        where field.path != "repeat_index" && field.path != "numerics" {
          texts[field.path] = texts[field.path] ?? field.text
        }
      }
      return texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Provenance.Field(path: $0.key, text: $0.value) }
    }

    /// The same result, printed and judged anew.
    package func printed(
      _ presentation: [String: String], _ verdicts: [Expectation.Verdict]
    ) -> Block {
      Block(
        name: name, kind: kind, presentation: presentation, steps: steps, fields: fields,
        result: result, values: values, shapes: shapes,
        claims: verdicts.map { Claim(text: $0.text, outcome: $0.outcome) })
    }

    /// The fingerprint of a step by its identifier.
    package func fingerprint(of step: String) -> Fingerprint? {
      steps.first { $0.id == step }?.fingerprint
    }
  }

  package struct StepEntry: Sendable, Hashable {
    package let id: String
    package let fingerprint: Fingerprint
  }

  /// A number that the document may show.
  package struct Value: Sendable, Hashable {
    /// As an expression names it within its block: `test.f1[setosa]`.
    package let path: String
    package let mean: Double
    /// One per repeat; empty for a single measurement.
    package let values: [Double]

    init(path: String, mean: Double, values: [Double]) {
      self.path = path
      self.mean = mean
      self.values = values
    }

    init(_ scalar: Scalar) {
      let values = scalar.statistic.values
      self.init(
        path: scalar.name + (scalar.key.map { "[\($0)]" } ?? ""), mean: scalar.statistic.mean,
        values: values.count > 1 ? values : [])
    }
  }

  /// A result that is too long to list.
  package struct Shape: Sendable, Hashable {
    package let name: String
    package let digest: SHA256Hex
    /// The last mean of a series; nil for a matrix or an empty series.
    package let last: Double?

    static func shapes(of result: RunResult) -> [Shape] {
      result.series.map {
        Shape(
          name: $0.axis == .epoch ? $0.name : "\($0.name) by \($0.axis.rawValue)",
          digest: SHA256Hex(SHA256Digest(of: $0.json.bytes)), last: $0.mean.last)
      }
        + result.matrices.map {
          Shape(name: $0.name, digest: SHA256Hex(SHA256Digest(of: $0.json.bytes)), last: nil)
        }
    }
  }

  package subscript(block: String) -> Block? { blocks.first { $0.name == block } }

  /// An expectation and how it was judged.
  package struct Claim: Sendable, Hashable {
    package let text: String
    package let outcome: Expectation.Verdict.Outcome
  }
}

/// A SHA-256 value as it stands in a file: 64 lower-case hexadecimal digits.
package struct SHA256Hex: Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ digest: SHA256Digest) {
    description = digest.hexadecimal
  }

  init?(_ text: String) {
    guard Fingerprint(hexadecimal: text) != nil else { return nil }
    description = text
  }
}
