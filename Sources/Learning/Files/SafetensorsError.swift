/// Why bytes are not a safetensors file, or hold no tensor of the kind that was asked for.
package enum SafetensorsError: Error, Sendable, Hashable {
  /// The system gave no bytes; `reason` is its own word.
  case unreadable(reason: String)
  case notAFile
  /// Another program wrote to the file while it was in use.
  case changed
  case tooManyBytes(limit: Int)
  /// Shorter than the header says, or than the eight bytes of the header's length.
  case truncated(expected: Int, found: Int)
  case headerTooLong(limit: Int)
  /// The header is not the JSON that the format asks for; `offset` is from its first byte.
  case malformedHeader(offset: Int, expected: String)
  case duplicateName(String)
  case unknownType(tensor: String, type: String)
  /// A shape with more elements than any file can hold.
  case tooManyElements(tensor: String)
  /// A tensor's place in the file has not the size of its shape.
  case wrongSize(tensor: String, expected: Int, found: Int)
  /// Tensors must follow each other without gap or overlap, from the first byte of data.
  case misplaced(tensor: String, expected: Int, found: Int)
  /// Bytes after the last tensor.
  case trailingBytes(Int)
  case noTensor(String)
  /// A tensor of another element type than asked for.
  case wrongType(tensor: String, found: SafetensorsType)
  case rankAboveFour(tensor: String, rank: Int)
  /// The digest that seals the file is missing or is not that of its bytes.
  case brokenSeal
  /// The metadata lacks what this reader needs, or has it otherwise.
  case unsuitableMetadata(key: String)
}

extension SafetensorsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let reason): "the file cannot be read: \(reason)"
    case .notAFile: "this is not a regular file"
    case .changed: "the file was written to while it was in use: run again when nobody writes it"
    case .tooManyBytes(let limit): "the file has more than \(limit) bytes"
    case .truncated(let expected, let found):
      "the file ends after \(found) bytes where it should have \(expected)"
    case .headerTooLong(let limit): "the header has more than \(limit) bytes"
    case .malformedHeader(let offset, let expected):
      "byte \(offset) of the header: expected \(expected)"
    case .duplicateName(let name): "\(Self.quoted(name)) occurs twice in the header"
    case .unknownType(let tensor, let type):
      "tensor \(Self.quoted(tensor)) has the unknown element type \(Self.quoted(type))"
    case .tooManyElements(let tensor): "tensor \(Self.quoted(tensor)) has too many elements"
    case .wrongSize(let tensor, let expected, let found):
      "tensor \(Self.quoted(tensor)) has \(found) bytes where its shape needs \(expected)"
    case .misplaced(let tensor, let expected, let found):
      "tensor \(Self.quoted(tensor)) begins at byte \(found) of the data, not at \(expected): "
        + "tensors must follow each other without gap or overlap"
    case .trailingBytes(let count): "\(count) bytes follow the last tensor"
    case .noTensor(let name): "there is no tensor \(Self.quoted(name))"
    case .wrongType(let tensor, let found):
      "tensor \(Self.quoted(tensor)) has elements of type \(found.rawValue)"
    case .rankAboveFour(let tensor, let rank):
      "tensor \(Self.quoted(tensor)) has \(rank) dimensions; at most 4 are supported"
    case .brokenSeal: "the digest at the end is not that of the file: it is damaged"
    case .unsuitableMetadata(let key): "metadata \(Self.quoted(key)) is missing or not as expected"
    }
  }

  /// A name from a file, cut so that no header can flood a message.
  private static func quoted(_ name: String) -> String {
    let start = name.unicodeScalars.prefix(80)
    return start.endIndex == name.endIndex ? "`\(name)`" : "`\(String(start))…`"
  }
}
