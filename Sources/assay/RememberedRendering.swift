internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import JSON
internal import Notebooks
internal import Reports

/// A rendering that would write what is there already: the same notebook, fingerprints, templates and
/// options as last time, printed by the same program, and the files still hold the bytes that it left.
///
/// Planning, which tells whether data have changed, and a look at the results in the store are not
/// saved; printing them is.
/// Only a rendering without a remark is remembered, so that nothing that was said goes unsaid.
struct RememberedRendering {
  private let job: RenderJob
  private let record: RenderingRecord?
  private let store: Store
  private let inputs: SHA256Digest
  private let place: String

  /// Bytes beyond which a file is not read.
  private static let limit = 256 << 20

  /// - Parameter store: the project's, where renderings are remembered.
  init?(of job: RenderJob, in store: Store) {
    guard let program = RunningProgram.identity else { return nil }
    self.job = job
    self.store = store
    place = job.prepared.root.relativePath(of: job.place.ledger) ?? job.place.ledger
    inputs = job.inputs(of: program)
    record = store.rendering(at: place)
  }

  /// The steps that a render would take from the store; nil when it has to print, or to compute.
  var reusedSteps: Int? {
    guard let record, record.inputs == inputs,
      let steps = store.reusedSteps(of: job.prepared.plan)
    else { return nil }
    let group = job.place.group
    // Whatever keeps it from being looked at, a render will say.
    guard let lock = try? group.lock() else { return nil }
    let hasFinished = (try? group.finish()) ?? true
    lock.release()
    if hasFinished { return nil }
    let contents = group.contents(limit: Self.limit)
    let areThere = job.paths.allSatisfy { path in
      contents[path].map { SHA256Digest(of: $0) } == record.files[path.fileName]
    }
    return areThere && record.files.count == job.paths.count ? steps : nil
  }

  /// Remembers what was written.
  func keep(_ rendering: Rendering) {
    var files: [String: SHA256Digest] = [:]
    for document in rendering.ledger.documents {
      files[document.name] = SHA256Digest(hexadecimal: document.digest.description)
    }
    files[job.place.ledger.fileName] = SHA256Digest(of: rendering.ledgerText)
    store.keep(RenderingRecord(place: place, inputs: inputs, files: files))
  }
}

extension RenderJob {
  /// Everything that the bytes of documents and ledger depend on.
  fileprivate func inputs(of program: String) -> SHA256Digest {
    var sources: [String: CanonicalJSON] = [:]
    for experiment in prepared.experiments.experiments {
      let file = experiment.nameRange.file
      if sources[file.path] == nil {
        sources[file.path] = .string(SHA256Digest(of: file.text).hexadecimal)
      }
    }
    let source = prepared.notebook.file
    return SHA256Digest(
      of: CanonicalJSON.object([
        "html": .bool(writing.printing.allowsHTML),
        "notebook": .string(SHA256Digest(of: source.text).hexadecimal),
        "numerics": .integer(Machine.numericsVersion),
        "options": .object(options.recorded.mapValues(CanonicalJSON.string)),
        "path": .string(source.path),
        "paths": .array(paths.map(CanonicalJSON.string)),
        "program": .string(program),
        "sources": .object(sources),
        "steps": .array(
          prepared.plan.steps.map { .string("\($0.id) \($0.fingerprint.hexadecimal)") }),
        "templates": .string(templates.digest.hexadecimal),
      ]).bytes)
  }
}
