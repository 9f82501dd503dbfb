internal import Tensors

extension ParameterSet {
  /// Metadata with the parameters' names in order, a line each: a file itself is in order of name.
  private static let orderKey = "parameters"

  /// The parameters as a safetensors file, bit for bit; equal sets give equal bytes.
  ///
  /// - Parameter metadata: text to go with them; `parameters` is taken.
  package func encoded(metadata: [String: String] = [:]) -> [UInt8] {
    let arrays = zip(names, tensors).map { SafetensorsArray($0, .float32($1)) }
    var metadata = metadata
    metadata[Self.orderKey] = names.joined(separator: "\n")
    return SafetensorsFile.encoded(arrays, metadata: metadata)
  }

  /// Reads what ``encoded(metadata:)`` wrote: every tensor of the file, in the order it names.
  ///
  /// Whether they are those of a model says ``Sequential/accepts(_:)``.
  package init(_ file: SafetensorsFile) throws(SafetensorsError) {
    let names = (file.metadata[Self.orderKey] ?? "").split(separator: "\n").map(String.init)
    guard names.count == file.entries.count, Set(names).count == names.count else {
      throw .unsuitableMetadata(key: Self.orderKey)
    }
    var tensors: [Tensor] = []
    for name in names {
      guard let entry = file[name] else { throw .noTensor(name) }
      guard entry.type == .float32 else { throw .wrongType(tensor: name, found: entry.type) }
      tensors.append(try file.tensor(name))
    }
    self.init(names: names, tensors: tensors)
  }
}
