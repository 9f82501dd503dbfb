internal import Experiments
internal import JSON

extension Provenance {
  /// In the order of the walk; the kind stands beside.
  var json: CanonicalJSON {
    .members([
      "fields": .array(
        fields.map { .object(["path": .string($0.path), "text": .string($0.text)]) }),
      "file": file.map(CanonicalJSON.string),
      "inputs": .array(
        inputs.map {
          .object(["step": .string($0.step), "fingerprint": .string($0.fingerprint.hexadecimal)])
        }),
    ])
  }

  init(_ node: JSONNode, kind: Step.Kind) throws(JSONFault) {
    self.init(
      kind: kind,
      fields: try node.member("fields").array { node throws(JSONFault) in
        Field(path: try node.member("path").string(), text: try node.member("text").string())
      },
      inputs: try node.member("inputs").array { node throws(JSONFault) in
        let digits = try node.member("fingerprint")
        guard let fingerprint = Fingerprint(hexadecimal: try digits.string()) else {
          throw JSONFault("a fingerprint has 64 lower-case hexadecimal digits", at: digits.range)
        }
        return Input(step: try node.member("step").string(), fingerprint: fingerprint)
      },
      file: try node.optionalMember("file")?.string())
  }
}
