/// Why bytes or a list of tokens are not a vocabulary; lines count from 1.
package enum VocabularyError: Error, Sendable, Hashable {
  case tooManyBytes(limit: Int)
  case tooManyTokens(limit: Int)
  case noTokens
  case invalidUTF8(line: Int)
  case emptyToken(line: Int)
  case tokenTooLong(line: Int, limit: Int)
  /// A line feed or carriage return inside a token, which `vocab.txt` cannot hold.
  case lineBreak(line: Int)
  case duplicate(token: String, line: Int, first: Int)
  case missing([SpecialToken])
}

extension VocabularyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooManyBytes(let limit): "the vocabulary has more than \(limit) bytes"
    case .tooManyTokens(let limit): "the vocabulary has more than \(limit) tokens"
    case .noTokens: "the vocabulary is empty: a vocab.txt has one token a line"
    case .invalidUTF8(let line): "line \(line) of the vocabulary is not UTF-8: save it as UTF-8"
    case .emptyToken(let line):
      "line \(line) of the vocabulary is empty: the number of a token is that of its line, so "
        + "remove the line only if the model was made without it"
    case .tokenTooLong(let line, let limit):
      "line \(line) of the vocabulary has more than \(limit) bytes"
    case .lineBreak(let line):
      "the token on line \(line) of the vocabulary has a line break or carriage return in it"
    case .duplicate(let token, let line, let first):
      "line \(line) of the vocabulary repeats \(Self.quoted(token)) of line \(first)"
    case .missing(let tokens):
      "the vocabulary lacks \(tokens.map(\.rawValue).joined(separator: ", ")): BERT needs "
        + SpecialToken.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }

  /// A token from a file, cut so that no file can flood a message.
  static func quoted(_ token: String) -> String {
    let start = token.unicodeScalars.prefix(80)
    return start.endIndex == token.endIndex ? "`\(token)`" : "`\(String(start))…`"
  }
}
