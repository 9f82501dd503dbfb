internal import Diagnostics
internal import Digests
internal import Execution
internal import Experiments
internal import Glibc
internal import JSON
internal import Notebooks
internal import Reports

/// A rendering that would write what is there already: the same notebook, fingerprints, templates and
/// options as last time, printed by the same program, and the files still hold the bytes that it left.
///
/// Planning, which tells whether data have changed, and a look at the results in the store are not
/// saved; printing them is.
/// Only a rendering without a remark is remembered, so that nothing that was said goes unsaid. Where
/// something has changed, the blocks that have not are taken from the files as they were printed.
struct RememberedRendering {
  private let job: RenderJob
  private let record: RenderingRecord?
  private let store: Store
  private let inputs: SHA256Digest
  private let program: String
  private let place: String

  /// Bytes beyond which a file is not read.
  private static let limit = 256 << 20

  /// - Parameter store: the project's, where renderings are remembered.
  init?(of job: RenderJob, in store: Store) {
    guard let program = RunningProgram.identity else { return nil }
    self.job = job
    self.store = store
    self.program = program
    place = job.prepared.root.relativePath(of: job.place.ledger) ?? job.place.ledger
    inputs = job.inputs(of: program)
    record = store.rendering(at: place)
  }

  /// The steps that a render would take from the store; nil when it has to print, or to compute.
  var reusedSteps: Int? {
    guard let record, record.inputs == inputs,
      let stored = store.results(of: job.prepared.plan),
      record.results == Self.digest(of: stored.digests)
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
    return areThere && record.files.count == job.paths.count ? stored.steps : nil
  }

  private static func digest(of results: [String: SHA256Digest]) -> SHA256Digest {
    SHA256Digest(
      of: CanonicalJSON.object(results.mapValues { .string($0.hexadecimal) }).bytes)
  }

  /// What blocks showed the last time, of files that still hold it.
  var printed: PrintedBlocks {
    guard let record, record.program == program else { return .none }
    let contents = job.place.group.contents(limit: Self.limit)
    var files: [String: [UInt8]] = [:]
    for path in [job.place.markdown, job.place.html] {
      guard let bytes = contents[path], SHA256Digest(of: bytes) == record.files[path.fileName]
      else { continue }
      files[path.fileName] = bytes
    }
    func text(_ block: RenderingRecord.Block, in path: String) -> String? {
      guard let range = block.places[path.fileName], let bytes = files[path.fileName],
        range.upperBound <= bytes.count
      else { return nil }
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var known: [SHA256Digest: PrintedBlocks.Texts] = [:]
    for block in record.blocks {
      let texts = PrintedBlocks.Texts(
        body: text(block, in: job.place.markdown), section: text(block, in: job.place.html))
      // A text that is no longer there is not one that never was.
      let count = (texts.body == nil ? 0 : 1) + (texts.section == nil ? 0 : 1)
      if count == block.places.count { known[block.key] = texts }
    }
    return PrintedBlocks(known)
  }

  /// Remembers what was written, unless a person's text went for it: that is said as often as it is
  /// there.
  func keep(_ rendering: Rendering, of run: Run) {
    guard rendering.document.editedRegions.isEmpty else { return }
    var digests = run.digests
    for (block, result) in run.results where digests[block] == nil {
      digests[block] = result.digest
    }
    var files: [String: SHA256Digest] = [:]
    for document in rendering.ledger.documents {
      files[document.name] = SHA256Digest(hexadecimal: document.digest.description)
    }
    files[job.place.ledger.fileName] = SHA256Digest(of: rendering.ledgerText)
    store.keep(
      RenderingRecord(
        place: place, inputs: inputs, results: Self.digest(of: digests), files: files,
        program: program, blocks: blocks(of: rendering)))
  }

  /// Where the texts of blocks stand in the documents; a block of which one stands otherwise there than
  /// it was printed is left out.
  private func blocks(of rendering: Rendering) -> [RenderingRecord.Block] {
    var documents: [String: Stretches] = [:]
    for (path, text) in rendering.documents { documents[path] = Stretches(text) }
    return rendering.document.printed.compactMap { printed in
      var places: [String: Range<Int>] = [:]
      for (path, text) in [
        (job.place.markdown, printed.texts.body), (job.place.html, printed.texts.section),
      ] {
        guard let text else { continue }
        guard let range = documents[path]?.next(text) else { return nil }
        places[path.fileName] = range
      }
      return RenderingRecord.Block(key: printed.key, places: places)
    }
  }
}

/// Finds texts in a document that follow one another.
private struct Stretches {
  private let bytes: [UInt8]
  private var end = 0

  init(_ document: String) {
    bytes = Array(document.utf8)
  }

  /// Where a text stands behind the last one that was found.
  mutating func next(_ text: String) -> Range<Int>? {
    let start = Array(text.utf8).withUnsafeBytes { text in
      bytes.withUnsafeBytes { Self.first(text, in: $0, from: end) }
    }
    guard let start else { return nil }
    end = start + text.utf8.count
    return start..<end
  }

  private static func first(
    _ text: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    guard let base = bytes.baseAddress, let wanted = text.baseAddress, let initial = text.first
    else { return nil }
    var place = start
    while place + text.count <= bytes.count,
      let found = memchr(base + place, Int32(initial), bytes.count - text.count + 1 - place)
    {
      if memcmp(found, wanted, text.count) == 0 { return base.distance(to: found) }
      place = base.distance(to: found) + 1
    }
    return nil
  }
}

extension RenderJob {
  /// Everything that the bytes of documents and ledger depend on; where the project lies, and from where
  /// the command is called, does not count.
  fileprivate func inputs(of program: String) -> SHA256Digest {
    let relative = { (path: String) in prepared.root.relativePath(of: path) ?? path }
    let files = Dictionary(
      prepared.experiments.experiments.map { ($0.nameRange.file.path, $0.nameRange.file) },
      uniquingKeysWith: { first, _ in first })
    var sources: [String: CanonicalJSON] = [:]
    for (path, file) in files {
      sources[relative(path)] = .string(SHA256Digest(of: file.text).hexadecimal)
    }
    let source = prepared.notebook.file
    return SHA256Digest(
      of: CanonicalJSON.object([
        "html": .bool(writing.printing.allowsHTML),
        "notebook": .string(SHA256Digest(of: source.text).hexadecimal),
        "numerics": .integer(Machine.numericsVersion),
        "options": .object(options.recorded.mapValues(CanonicalJSON.string)),
        "path": .string(relative(source.path)),
        "paths": .array(paths.map { .string(relative($0)) }),
        "program": .string(program),
        "sources": .object(sources),
        "steps": .array(
          prepared.plan.steps.map { .string("\($0.id) \($0.fingerprint.hexadecimal)") }),
        "templates": .string(templates.digest.hexadecimal),
      ]).bytes)
  }
}
