/// What cutting text into words does with one scalar, in 32 bits.
///
/// The low 24 bits are a scalar or an index, the high ones the kind. A letter or isolated scalar of
/// value 0 stands for itself, so that most blocks of ``CharacterActions`` are the same.
struct CharacterAction: Hashable, Sendable {
  enum Kind: UInt8 {
    /// The value joins the word.
    case letter
    case dropped
    /// Ends the word.
    case space
    /// The value is a word of its own: punctuation, Chinese characters.
    case isolated
    /// Stripped; marks before and after it are ordered separately.
    case startingMark
    /// The value joins the word at the place that its combining class asks for.
    case reordered
    /// Several actions: at the index, how many and which.
    case expansion
    /// A Hangul syllable, which its jamo replace.
    case hangul
  }

  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  init(_ kind: Kind, _ value: UInt32 = 0) {
    bits = UInt32(kind.rawValue) << 24 | value
  }

  /// Every action is made by the initialiser above, so there is always a kind.
  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: bits >> 24)) ?? .letter }

  var value: UInt32 { bits & 0xFF_FFFF }

  /// The action of another scalar: what stands for itself names that scalar instead.
  func naming(_ scalar: UInt32) -> CharacterAction {
    let standsForItself = bits == 0 || bits == UInt32(Kind.isolated.rawValue) << 24
    return standsForItself ? CharacterAction(bits: bits | scalar) : self
  }
}
