extension WordPieceTokenizer {
  /// The words of a sequence: a token and the continuations after it.
  ///
  /// Special tokens, `[UNK]` excepted, belong to no word. With a word list, tokens of one Chinese
  /// character each that the list joins are one word, too.
  package func words(
    in ids: some RandomAccessCollection<Int32>, joinedBy list: ChineseWordList? = nil
  ) -> [Range<Int>] {
    var words: [Range<Int>] = []
    for (index, id) in ids.enumerated() {
      if vocabulary.isSpecial(id), id != vocabulary.unknownID { continue }
      if isContinuation(id), let last = words.last, last.upperBound == index {
        words[words.count - 1] = last.lowerBound..<index + 1
      } else {
        words.append(index..<index + 1)
      }
    }
    return list.map { joined(words, of: ids, by: $0) } ?? words
  }

  private func joined(
    _ words: [Range<Int>], of ids: some RandomAccessCollection<Int32>, by list: ChineseWordList
  ) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    var characters: [UInt8] = []
    /// End of each character of the run in `characters`.
    var ends: [Int] = []
    var index = 0
    while index < words.count {
      let start = index
      characters.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      while index < words.count, words[index].lowerBound == words[start].lowerBound + index - start,
        words[index].count == 1, let bytes = hanCharacter(of: words[index].lowerBound, in: ids)
      {
        characters.append(contentsOf: bytes)
        ends.append(characters.count)
        index += 1
      }
      if ends.isEmpty {
        joined.append(words[index])
        index += 1
        continue
      }
      var place = words[start].lowerBound
      for length in list.lengths(characters, ends: ends) {
        joined.append(place..<place + length)
        place += length
      }
    }
    return joined
  }

  /// The bytes of a token that is one Chinese character.
  private func hanCharacter(
    of place: Int, in ids: some RandomAccessCollection<Int32>
  ) -> ArraySlice<UInt8>? {
    let id = ids[ids.index(ids.startIndex, offsetBy: place)]
    guard let range = vocabulary.range(of: id), range.count == 3 || range.count == 4 else {
      return nil
    }
    let bytes = vocabulary.bytes[range]
    let (scalar, length) = bytes.withUnsafeBufferPointer { UTF8Scalar.decode($0, at: 0) }
    return length == range.count && CharacterClass.isHan(scalar) ? bytes : nil
  }
}
