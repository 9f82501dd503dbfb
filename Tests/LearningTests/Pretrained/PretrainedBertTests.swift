import Learning
import Tensors
import Testing

/// Weights find their places by every name that they have had, or not at all.
@Suite struct PretrainedBertTests {
  private let pretraining: TinyBert
  private let classifier: TinyBert

  init() throws {
    pretraining = try TinyBert(.pretraining)
    classifier = try TinyBert(.classifier(outputs: 3))
  }

  private func parameters(_ folder: MemoryFolder) throws -> ParameterSet {
    try PretrainedFolder(folder).bert().parameters
  }

  @Test("a folder that was written is read back, and written again the same")
  func roundTrips() throws {
    for (heads, architecture) in TinyBert.heads {
      let bert = try TinyBert(heads)
      let labels = heads.classifier == nil ? nil : ["a", "b", "c"]
      let files = try PretrainedFolder.files(
        bert.model, bert.parameters, labels: labels,
        problemType: labels == nil ? nil : .singleLabel)
      #expect(files.map(\.name) == ["config.json", "model.safetensors"])
      let read = try PretrainedFolder(MemoryFolder(files)).bert()
      #expect(read.config.architecture == architecture && read.config.labels == labels)
      #expect(read.model == bert.model && read.parameters.hasSameBits(as: bert.parameters))
      let again = try PretrainedFolder.files(
        read.model, read.parameters, labels: read.config.labels,
        problemType: read.config.problemType)
      #expect(again == files)
    }
  }

  @Test("the class of a bare encoder has no prefix; a file of it is read with and without one")
  func bareNames() throws {
    let bert = try TinyBert(BertHeads(pooler: true))
    let files = MemoryFolder(try PretrainedFolder.files(bert.model, bert.parameters))
    let names = try SafetensorsFile(files.files["model.safetensors"] ?? []).entries.map(\.name)
    #expect(names.contains("embeddings.word_embeddings.weight"))
    #expect(!names.contains { $0.hasPrefix("bert.") })
    #expect(
      try parameters(bert.folder(nil, bert.arrays())).hasSameBits(as: bert.parameters))
    // Without a pooler there is none.
    let headless = try PretrainedFolder(
      bert.folder(.encoder, bert.arrays { $0.contains("pooler") ? nil : $0 })
    ).bert()
    #expect(!headless.model.heads.hasPooler)
  }

  @Test("TensorFlow's gamma and beta, buffers and a spelled-out decoder are understood")
  func oldNames() throws {
    func old(_ name: String) -> String {
      for (new, old) in [
        ("LayerNorm.weight", "LayerNorm.gamma"), ("LayerNorm.bias", "LayerNorm.beta"),
      ]
      where name.hasSuffix(new) {
        return name.dropLast(new.count) + old
      }
      return name
    }
    var arrays = pretraining.arrays(old)
    #expect(arrays.contains { $0.name.hasSuffix("gamma") })
    arrays.append(SafetensorsArray("bert.embeddings.position_ids", .int64([0, 1, 2, 3, 4])))
    let words = try #require(pretraining.parameters["bert.embeddings.word_embeddings.weight"])
    let bias = try #require(pretraining.parameters["cls.predictions.bias"])
    arrays.append(SafetensorsArray("cls.predictions.decoder.weight", .float32(words)))
    arrays.append(SafetensorsArray("cls.predictions.decoder.bias", .float32(bias)))
    let read = try PretrainedFolder(pretraining.folder(.maskedLanguageModel, arrays)).bert()
    #expect(read.parameters.hasSameBits(as: pretraining.parameters))
    // The decoder's bias alone is the head's.
    let renamed = arrays.filter { $0.name != "cls.predictions.bias" }
    #expect(
      try parameters(pretraining.folder(nil, renamed)).hasSameBits(as: pretraining.parameters))
  }

  @Test("a decoder that is not the table of words is refused")
  func untied() throws {
    let words = try #require(pretraining.parameters["bert.embeddings.word_embeddings.weight"])
    var other = words
    other[7] = 9
    for tensor in [other, Tensor([1, 2])] {
      let arrays =
        pretraining.arrays() + [
          SafetensorsArray("cls.predictions.decoder.weight", .float32(tensor))
        ]
      guard
        case .untied(let name)? = PretrainedError.reading(pretraining.folder(.pretraining, arrays))
      else {
        Issue.record("an untied decoder was taken")
        continue
      }
      #expect(name == "cls.predictions.decoder.weight")
    }
  }

  @Test("missing, surplus and misshapen tensors are named")
  func misfits() {
    let query = "bert.encoder.layer.1.attention.self.query.weight"
    let arrays = pretraining.arrays()
    let without = arrays.filter { $0.name != query }
    let cases: [([SafetensorsArray], String)] = [
      (without, "lack `\(query)`"),
      (arrays + [SafetensorsArray("bert.x", .float32(Tensor([1])))], "have `bert.x`"),
      (
        without + [SafetensorsArray(query, .float32(Tensor([1, 2, 3])))],
        "`\(query)` is [3], not [4, 4]"
      ),
      (
        arrays.filter { $0.name != "cls.predictions.bias" }
          + [SafetensorsArray("cls.predictions.bias", .int64([Int64](repeating: 0, count: 11)))],
        "`cls.predictions.bias` are no floating-point"
      ),
      (
        arrays + [
          SafetensorsArray("bert.embeddings.LayerNorm.gamma", .float32(Tensor([1, 1, 1, 1])))
        ], "one tensor twice"
      ),
      ([], "lack `bert.embeddings.word_embeddings.weight`"),
    ]
    for (arrays, text) in cases {
      let error = PretrainedError.reading(pretraining.folder(.pretraining, arrays))
      #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    }
    // A head that config.json names must be there.
    let headless = arrays.filter { !$0.name.hasPrefix("cls.") }
    guard
      case .missingTensors(let names)? = PretrainedError.reading(
        pretraining.folder(.pretraining, headless))
    else {
      Issue.record("a missing head was not noticed")
      return
    }
    #expect(names.allSatisfy { $0.hasPrefix("cls.") } && names.count == 7)
  }

  @Test("labels and outputs of a classifier agree")
  func labels() throws {
    let arrays = classifier.arrays()
    let folder = classifier.folder(.sequenceClassification, arrays, labels: ["a", "b"])
    guard case .labelCount(2, 3)? = PretrainedError.reading(folder) else {
      Issue.record("two labels for three outputs")
      return
    }
    #expect(PretrainedError.reading(classifier.folder(nil, arrays)) == nil)
    #expect(throws: PretrainedError.self) {
      try PretrainedFolder.files(classifier.model, classifier.parameters, labels: ["a"])
    }
    #expect(throws: PretrainedError.self) {
      try PretrainedFolder.files(pretraining.model, classifier.parameters)
    }
    let both = try TinyBert(BertHeads(maskedLanguageModel: true, classifier: 2))
    #expect(throws: PretrainedError.self) {
      try PretrainedFolder.files(both.model, both.parameters)
    }
    #expect(
      PretrainedError.reading(classifier.folder(nil, arrays), parameterLimit: 100)?.description
        .contains("parameters") == true)
  }

  @Test("folders without configuration or weights say what is missing")
  func incomplete() {
    let folder = pretraining.folder(.pretraining, pretraining.arrays())
    for (removed, text) in [("config.json", "config.json"), ("model.safetensors", "safetensors")] {
      var less = folder
      less.files[removed] = nil
      #expect(
        PretrainedError.reading(less)?.description == "the folder has no `\(removed)`", "\(text)")
      less.files["pytorch_model.bin"] = [0]
      if removed != "config.json" {
        #expect(PretrainedError.reading(less)?.description.contains("safe_serialization") == true)
      }
    }
  }
}
