package import Diagnostics
internal import Digests
internal import JSON

extension Ledger {
  /// Canonical text: sorted keys, one value per line.
  ///
  /// Fields: `format` (version of the form), `numerics`, `notebook`, `options` (only when there are
  /// any), `source` (digest of the notebook's text, only without a Markdown document), `blocks` and `documents`. A block has `name`, `kind`, `presentation` (texts by
  /// name, only when there are any), `steps` (`id`, `fingerprint`), `fields` (texts by path), `result` (absent when it failed), `values` (`path`, `mean`, and
  /// `values` with repeats), `shapes` (`name`, `digest`, `last`), `claims` (`text`, `outcome`) and
  /// `digest`, of the canonical text of all its other members; a document has `name` and `digest`.
  ///
  /// - Parameter format: of an earlier form, to compare with a ledger that has it; what that form lacks
  ///   is left out.
  package func encoded(format: Int = formatVersion) -> String {
    CanonicalJSON.members([
      "format": .integer(format),
      "numerics": .integer(numericsVersion),
      "notebook": .string(notebook),
      "source": source.map { .string($0.description) },
      "options": options.isEmpty ? nil : .object(options.mapValues(CanonicalJSON.string)),
      "blocks": .array(blocks.concurrentMap { $0.json(format: format) }),
      "documents": .array(
        documents.map {
          .object(["name": .string($0.name), "digest": .string($0.digest.description)])
        }),
    ]).text
  }

  /// Reads a ledger; anything but what ``encoded()`` writes gives a diagnostic.
  package static func decode(_ file: SourceFile) -> (ledger: Ledger?, diagnostics: [Diagnostic]) {
    do throws(JSONFault) {
      return (try Ledger(JSONParser.parse(file)), [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  /// The blocks of a ledger whose text is not the one that their digests were taken of.
  package static func editedBlocks(of file: SourceFile) -> [String] {
    guard let blocks = try? JSONParser.parse(file).member("blocks") else { return [] }
    let edited = try? blocks.array { node throws(JSONFault) -> String? in
      guard let recorded = try node.optionalMember("digest")?.digest() else { return nil }
      let block = try Block(json: node, format: formatVersion)
      return block.digest == recorded ? nil : block.name
    }
    return (edited ?? []).compactMap(\.self)
  }

  private init(_ node: JSONNode) throws(JSONFault) {
    let formatNode = try node.member("format")
    let format = try formatNode.integer()
    guard (1...Self.formatVersion).contains(format) else {
      throw JSONFault(
        "a ledger of format 1 to \(Self.formatVersion) is read", at: formatNode.range,
        id: "ledger.format")
    }
    var options: [String: String] = [:]
    for (name, text) in try node.optionalMember("options")?.texts() ?? [] { options[name] = text }
    self.init(
      numericsVersion: try node.member("numerics").integer(),
      notebook: try node.member("notebook").string(), options: options,
      blocks: try node.member("blocks").array { node throws(JSONFault) in
        try Block(json: node, format: format)
      },
      documents: try node.member("documents").array { node throws(JSONFault) in
        Document(
          name: try node.member("name").string(), digest: try node.member("digest").digest())
      }, format: format)
    source = try node.optionalMember("source")?.digest()
  }
}

extension JSONNode {
  /// The members of an object that holds texts, in order of the file.
  fileprivate func texts() throws(JSONFault) -> [(key: String, text: String)] {
    guard case .object(let members) = value else {
      throw JSONFault("this is an object", at: range)
    }
    var texts: [(String, String)] = []
    for member in members { texts.append((member.key, try member.node.string())) }
    return texts
  }

  func digest() throws(JSONFault) -> SHA256Hex {
    guard let digest = SHA256Hex(try string()) else {
      throw JSONFault("a digest has 64 lower-case hexadecimal digits", at: range)
    }
    return digest
  }
}

extension Ledger.Block {
  func json(format: Int) -> CanonicalJSON {
    var members = members
    if format < 2 { members["fields"] = nil }
    if format < 3 { members["presentation"] = nil }
    if format >= 3 { members["digest"] = .string(digest.description) }
    return .object(members)
  }

  /// Of the canonical text of everything else that is said of the block: numbers that somebody changed
  /// are found without a run.
  fileprivate var digest: SHA256Hex {
    SHA256Hex(SHA256Digest(of: CanonicalJSON.object(members).bytes))
  }

  private var members: [String: CanonicalJSON] {
    let members: [String: CanonicalJSON?] = [
      "name": .string(name), "kind": .string(kind),
      "presentation": presentation.flatMap { presentation in
        presentation.isEmpty ? nil : .object(presentation.mapValues(CanonicalJSON.string))
      },
      "steps": .array(
        steps.map {
          .object(["id": .string($0.id), "fingerprint": .string($0.fingerprint.hexadecimal)])
        }),
      "fields": fields.map { fields in
        .object(
          Dictionary(
            fields.map { ($0.path, .string($0.text)) }, uniquingKeysWith: { first, _ in first }))
      },
      "result": result.map { .string($0.description) },
      "values": .array(
        values.map {
          .members([
            "path": .string($0.path), "mean": .double($0.mean),
            "values": $0.values.isEmpty ? nil : .array($0.values.map(CanonicalJSON.double)),
          ])
        }),
      "shapes": .array(
        shapes.map {
          .members([
            "name": .string($0.name), "digest": .string($0.digest.description),
            "last": $0.last.map(CanonicalJSON.double),
          ])
        }),
      "claims": .array(
        claims.map {
          .object(["text": .string($0.text), "outcome": .string($0.outcome.rawValue)])
        }),
    ]
    return members.compactMapValues(\.self)
  }

  init(json node: JSONNode, format: Int) throws(JSONFault) {
    var presentation: [String: String]?
    if format >= 3 {
      presentation = [:]
      for (name, text) in try node.optionalMember("presentation")?.texts() ?? [] {
        presentation?[name] = text
      }
    }
    let steps = try node.member("steps").array { node throws(JSONFault) in
      let fingerprint = try node.member("fingerprint")
      guard let value = Fingerprint(hexadecimal: try fingerprint.string()) else {
        throw JSONFault(
          "a fingerprint has 64 lower-case hexadecimal digits", at: fingerprint.range)
      }
      return Ledger.StepEntry(id: try node.member("id").string(), fingerprint: value)
    }
    let values = try node.member("values").array { node throws(JSONFault) in
      Ledger.Value(
        path: try node.member("path").string(), mean: try node.member("mean").double(),
        values: try node.optionalMember("values")?.array { node throws(JSONFault) in
          try node.double()
        } ?? [])
    }
    let shapes = try node.member("shapes").array { node throws(JSONFault) in
      Ledger.Shape(
        name: try node.member("name").string(), digest: try node.member("digest").digest(),
        last: try node.optionalMember("last")?.double())
    }
    let claims = try node.member("claims").array { node throws(JSONFault) in
      Ledger.Claim(
        text: try node.member("text").string(),
        outcome: try node.member("outcome").choice(Expectation.Verdict.Outcome.self))
    }
    self.init(
      name: try node.member("name").string(), kind: try node.member("kind").string(),
      presentation: presentation, steps: steps,
      fields: try node.optionalMember("fields")?.texts()
        .map { Provenance.Field(path: $0.key, text: $0.text) }
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
      result: try node.optionalMember("result")?.digest(), values: values,
      shapes: shapes, claims: claims)
  }
}
