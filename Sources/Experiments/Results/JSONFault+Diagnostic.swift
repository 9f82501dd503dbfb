package import Diagnostics
package import JSON

extension JSONFault {
  /// The fault as people are shown it.
  package var diagnostic: Diagnostic {
    let text = String(decoding: range.fileBytes, as: UTF8.self)
    let file = SourceFile(path: range.path, text: text)
    return Diagnostic(.error, id, message, at: SourceRange(file, range.bytes))
  }
}

extension JSONParser {
  /// The value of a whole file.
  package static func parse(_ file: SourceFile) throws(JSONFault) -> JSONNode {
    try parse(Array(file.text.utf8), path: file.path)
  }
}
