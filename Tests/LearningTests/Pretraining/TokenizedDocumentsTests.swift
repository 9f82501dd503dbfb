import Foundation
import Learning
import Tensors
import TestSupport
import Testing

@Suite struct TokenizedDocumentsTests {
  private func contents(_ documents: TokenizedDocuments) -> [[[Int32]]] {
    (0..<documents.documentCount).map { document in
      documents.sentences(of: document).map { sentence in
        documents.withTokens(documents.tokens(of: sentence..<sentence + 1)) { Array($0) }
      }
    }
  }

  @Test("documents come back as they went in, from memory and from a file")
  func contents() throws {
    let folder = try TemporaryFolder("spill")
    for limit in [0, 100, 5_000, 1 << 26] {
      let policy = SpillPolicy(bytesInMemory: limit, folder: folder.url.path)
      let numbered = try NumberedDocuments(
        random: 3, documents: 60, sentences: 1...9, tokens: 1...30, spilling: policy)
      #expect(numbered.documents.isSpilled == (limit < 1 << 20))
      #expect(contents(numbered.documents) == numbered.sentences)
      #expect(numbered.documents.tokenCount == numbered.sentences.joined().joined().count)
      #expect(try folder.files().isEmpty, "the file has no name")
    }
  }

  @Test("pieces beyond a megabyte are put together")
  func large() throws {
    let policy = SpillPolicy(bytesInMemory: 1 << 16)
    var builder = TokenizedDocumentsBuilder(policy)
    let sentence = (0..<1_000).map { Int32($0) }
    for index in 0..<1_500 {
      try builder.append(sentence: sentence.map { $0 + Int32(index) })
      if index % 7 == 6 { try builder.endDocument() }
    }
    let documents = try builder.finish()
    #expect(documents.isSpilled && documents.tokenCount == 1_500_000)
    #expect(documents.documentCount == 215 && documents.sentenceCount == 1_500)
    for index in 0..<1_500 {
      let range = documents.tokens(of: index..<index + 1)
      #expect(range == index * 1_000..<(index + 1) * 1_000)
      documents.withTokens(range) { tokens in
        #expect(tokens[0] == Int32(index) && tokens[999] == Int32(index + 999))
      }
    }
  }

  @Test("sentences without tokens and documents without sentences are left out")
  func empty() throws {
    var builder = TokenizedDocumentsBuilder()
    try builder.append(document: [])
    try builder.append(document: [[], [5, 6], []])
    try builder.append(document: [[]])
    try builder.append(sentence: [7])
    let documents = try builder.finish()
    #expect(contents(documents) == [[[5, 6]], [[7]]])
    var nothing = TokenizedDocumentsBuilder()
    let none = try nothing.finish()
    #expect(none.documentCount == 0 && none.tokenCount == 0)
  }

  @Test("a folder that takes no file is an error that names it")
  func unwritable() throws {
    #expect(throws: SpillError.self) {
      _ = try NumberedDocuments(
        [[5, 5]], spilling: SpillPolicy(bytesInMemory: 0, folder: "/nowhere/at/all"))
    }
  }

  @Test("beyond the threshold, memory does not grow with the text")
  func boundedMemory() async {
    await #expect(processExitsWith: .success) {
      var builder = TokenizedDocumentsBuilder(SpillPolicy(bytesInMemory: 1 << 20))
      let document = (0..<50).map { row in (0..<40).map { Int32(row * 40 + $0) } }
      for _ in 0..<100 { try builder.append(document: document) }
      let before = TensorMemory.residentBytes
      // 80 MB of ids and 4 MB of places.
      for _ in 0..<10_000 { try builder.append(document: document) }
      let grown = TensorMemory.residentBytes - before
      let documents = try builder.finish()
      #expect(documents.tokenCount == 20_200_000)
      #expect(grown < 16 << 20, "\(grown) bytes")
    }
  }
}
