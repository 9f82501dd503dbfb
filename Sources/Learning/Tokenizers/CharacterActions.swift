/// The action of every scalar under one setting of BERT's normaliser.
///
/// Two stages: ``blocks`` names the 128 actions of each 128 scalars, most of which share them.
/// Cleaning, Chinese characters, decomposition, stripping and lower case are all folded in, in the
/// order in which Hugging Face's BertNormalizer does them.
struct CharacterActions: Sendable {
  static let blockSize = 128

  private(set) var blocks: [UInt16]
  private(set) var actions: [UInt32] = []
  /// Lists of actions, each after its count.
  private(set) var expansions: [UInt32] = []
  /// Whether a block in ``actions`` belongs to one block of scalars, so that it may be changed.
  private var isOwned: [Bool] = []
  /// The shared block whose scalars all have the action.
  private var uniform: [CharacterAction: UInt16] = [:]

  init(lowercase: Bool, stripAccents: Bool, isolateHan: Bool) {
    blocks = Array(repeating: 0, count: 0x11_0000 / Self.blockSize)
    _ = uniformBlock(CharacterAction(.letter))
    fillClasses(stripAccents: stripAccents)
    if isolateHan {
      for range in CharacterClass.han { fill(range, CharacterAction(.isolated)) }
    }
    if stripAccents { fill(0xAC00...0xD7A3, CharacterAction(.hangul)) }
    if lowercase { fillLowercase() }
    // Decompositions name letters, whose actions must be there.
    if stripAccents { fillDecompositions(isolateHan: isolateHan) }
  }

  subscript(_ scalar: UInt32) -> CharacterAction {
    let block = Int(blocks[Int(scalar) / Self.blockSize])
    return CharacterAction(
      bits: actions[block * Self.blockSize + Int(scalar) % Self.blockSize])
  }

  private mutating func fillClasses(stripAccents: Bool) {
    let transitions = BertCharacters.transitions
    for (index, transition) in transitions.enumerated() {
      let next = index + 1 < transitions.count ? transitions[index + 1] >> 8 : 0x11_0000
      let action: CharacterAction? =
        switch CharacterClass(rawValue: UInt8(truncatingIfNeeded: transition)) {
        case .dropped: CharacterAction(.dropped)
        case .space: CharacterAction(.space)
        case .punctuation: CharacterAction(.isolated)
        case .mark: stripAccents ? CharacterAction(.dropped) : nil
        case .startingMark: stripAccents ? CharacterAction(.startingMark) : nil
        case .letter, .reordered, nil: nil
        }
      if let action { fill(transition >> 8...next - 1, action) }
    }
    guard stripAccents else { return }
    for entry in BertCharacters.combiningClasses {
      set(entry >> 8, CharacterAction(.reordered, entry >> 8))
    }
  }

  private mutating func fillLowercase() {
    let runs = BertCharacters.lowercase
    for run in stride(from: 0, to: runs.count, by: 3) {
      let (count, step) = (runs[run + 1] >> 8, runs[run + 1] & 0xFF)
      for index in 0..<count {
        set(runs[run] + index * step, CharacterAction(.letter, runs[run + 2] + index * step))
      }
    }
    setExpansions(BertCharacters.lowercaseExpansions)
  }

  private mutating func fillDecompositions(isolateHan: Bool) {
    var scalar: UInt32 = 0
    for entry in BertCharacters.decompositions {
      if entry >> 31 == 1 {
        scalar = entry & 0xFF_FFFF
        continue
      }
      let isIsolated = isolateHan && CharacterClass.isHan(scalar)
      set(scalar, isIsolated ? CharacterAction(.isolated, entry) : self[entry].naming(entry))
      scalar += 1
    }
    setExpansions(BertCharacters.expansions)
  }

  /// Reads lists of scalar, count, scalars.
  private mutating func setExpansions(_ lists: [UInt32]) {
    var index = 0
    while index < lists.count {
      let count = Int(lists[index + 1])
      set(lists[index], CharacterAction(.expansion, UInt32(expansions.count)))
      expansions.append(UInt32(count))
      for scalar in lists[index + 2..<index + 2 + count] {
        expansions.append(self[scalar].naming(scalar).bits)
      }
      index += 2 + count
    }
  }

  private mutating func fill(_ range: ClosedRange<UInt32>, _ action: CharacterAction) {
    let size = UInt32(Self.blockSize)
    var scalar = range.lowerBound
    while scalar <= range.upperBound {
      if scalar % size == 0, range.upperBound - scalar >= size - 1 {
        blocks[Int(scalar / size)] = uniformBlock(action)
        scalar += size
      } else {
        set(scalar, action)
        scalar += 1
      }
    }
  }

  private mutating func set(_ scalar: UInt32, _ action: CharacterAction) {
    let place = Int(scalar) / Self.blockSize
    if !isOwned[Int(blocks[place])] {
      let start = Int(blocks[place]) * Self.blockSize
      blocks[place] = UInt16(isOwned.count)
      isOwned.append(true)
      actions.append(contentsOf: Array(actions[start..<start + Self.blockSize]))
    }
    actions[Int(blocks[place]) * Self.blockSize + Int(scalar) % Self.blockSize] = action.bits
  }

  private mutating func uniformBlock(_ action: CharacterAction) -> UInt16 {
    if let block = uniform[action] { return block }
    let block = UInt16(isOwned.count)
    isOwned.append(false)
    actions.append(contentsOf: Array(repeating: action.bits, count: Self.blockSize))
    uniform[action] = block
    return block
  }

  /// Canonical combining class of a scalar that is ``CharacterAction/Kind/reordered``.
  static func combiningClass(_ scalar: UInt32) -> UInt32 {
    let table = BertCharacters.combiningClasses
    var (low, high) = (0, table.count)
    while low < high {
      let middle = (low + high) / 2
      if table[middle] >> 8 < scalar { low = middle + 1 } else { high = middle }
    }
    return low < table.count && table[low] >> 8 == scalar ? table[low] & 0xFF : 0
  }
}
