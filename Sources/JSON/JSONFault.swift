/// Why a JSON file cannot be taken, and where.
package struct JSONFault: Error {
  /// The rule that is broken: `json.syntax`, or `json.shape` where the JSON holds something else.
  package let id: String
  package let message: String
  package let range: JSONRange

  package init(_ message: String, at range: JSONRange, id: String = "json.shape") {
    self.id = id
    self.message = message
    self.range = range
  }
}

extension JSONFault: CustomStringConvertible {
  package var description: String { "\(range): \(message)" }
}
