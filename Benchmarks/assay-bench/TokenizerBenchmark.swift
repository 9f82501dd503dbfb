internal import Glibc
internal import Learning

/// What a `tokenize` or `ids` request names.
struct TokenizerRequest: Hashable {
  let vocabulary: String
  /// File of texts, each ended by the byte 0xFF, which UTF-8 never has.
  let texts: String
  let settings: TokenizerSettings
  /// The texts are pairs: the first and second, the third and fourth.
  let isPairs: Bool
  let maxLength: Int?

  init?(_ options: Options) {
    guard let vocabulary = options["vocab"], let texts = options["texts"] else { return nil }
    self.vocabulary = vocabulary
    self.texts = texts
    settings = TokenizerSettings(
      doLowerCase: options["lowercase"] != "0", stripAccents: options["strip"].map { $0 == "1" },
      tokenizeChineseChars: options["chinese"] != "0")
    isPairs = options["pairs"] == "1"
    maxLength = options.integer("length")
  }
}

/// Turns texts into sequences of ids.
struct TokenizerBenchmark {
  private let request: TokenizerRequest
  private let tokenizer: WordPieceTokenizer
  private let texts: [(String, String?)]

  /// A file that could not be read or written.
  struct FileFailure: Error, CustomStringConvertible {
    let path: String
    var description: String { "cannot read or write \(path)" }
  }

  init(_ request: TokenizerRequest) throws {
    self.request = request
    tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(text: Self.bytes(of: request.vocabulary)),
      settings: request.settings)
    let texts = try Self.bytes(of: request.texts)
      .split(separator: 0xFF, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    self.texts =
      request.isPairs
      ? stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
      : texts.map { ($0, nil) }
  }

  func isOf(_ request: TokenizerRequest) -> Bool { self.request == request }

  /// Seconds for all texts once.
  func seconds(milliseconds: Int) -> Double {
    Stopwatch().seconds(milliseconds: milliseconds) {
      _ = tokenizer.sequences(of: texts, maxLength: request.maxLength)
    }
  }

  /// Writes the sequences: how many tokens, ids, types, all as int32, one after the other.
  func write(to path: String) throws {
    let sequences = tokenizer.sequences(of: texts, maxLength: request.maxLength)
    var words: [Int32] = []
    for index in 0..<sequences.count {
      let range = sequences.range(of: index)
      words.append(Int32(range.count))
      words.append(contentsOf: sequences.ids[range])
      words.append(contentsOf: sequences.types[range].lazy.map(Int32.init))
    }
    try words.withUnsafeBytes { try Self.write($0, to: path) }
  }

  /// Learns a vocabulary of `size` tokens from a file of texts, writes it and returns the seconds.
  static func learn(_ texts: String, size: Int, to path: String) throws -> Double {
    let texts = try bytes(of: texts)
    let clock = ContinuousClock()
    let start = clock.now
    var trainer = try WordPieceTrainer(settings: WordPieceTrainerSettings(vocabSize: size))
    for text in texts.split(separator: 0xFF) {
      text.withUnsafeBufferPointer { trainer.add($0) }
    }
    let vocabulary = try trainer.vocabulary()
    let seconds = (clock.now - start) / .seconds(1)
    try vocabulary.text().withUnsafeBytes { try write($0, to: path) }
    return seconds
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
    guard let file = fopen(path, "wb") else { throw FileFailure(path: path) }
    let written = fwrite(bytes.baseAddress, 1, bytes.count, file)
    let failure = fclose(file)
    guard written == bytes.count, failure == 0 else { throw FileFailure(path: path) }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw FileFailure(path: path) }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return try [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
      guard count == size else { throw FileFailure(path: path) }
    }
  }
}
