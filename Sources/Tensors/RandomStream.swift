internal import CKernels
internal import Digests

/// The 64-bit Philox key of one repeat of one run: which random world everything is drawn from.
package struct RandomKey: Sendable, Hashable {
  /// First Philox key word.
  package let word0: UInt32
  /// Second Philox key word.
  package let word1: UInt32

  /// The first 64 bits of SHA-256 over the text `seed SEED repeat INDEX`.
  package init(seed: UInt64, repeatIndex: Int) {
    let long = SHA256Digest(of: "seed \(seed) repeat \(repeatIndex)").leadingLong
    word0 = UInt32(truncatingIfNeeded: long)
    word1 = UInt32(truncatingIfNeeded: long >> 32)
  }

  /// The key with the given words.
  package init(word0: UInt32, word1: UInt32) {
    self.word0 = word0
    self.word1 = word1
  }
}

/// What a random draw is for: a purpose and the path of the layer or parameter it serves.
package struct RandomSite: Sendable, Hashable {
  /// What is drawn, such as `init`, `dropout` or `shuffle`.
  package let purpose: String
  /// The layer or parameter, such as `0.weight`; empty where there is only one.
  package let path: String
  /// First 32 bits of SHA-256 over purpose, a zero byte, and path.
  package let word: UInt32

  package init(purpose: String, path: String = "") {
    self.purpose = purpose
    self.path = path
    word = SHA256Digest(of: "\(purpose)\u{0}\(path)").leadingWord
  }

  /// The first two different sites with the same word, or nil: to be refused at plan time.
  package static func collision(
    among sites: some Sequence<RandomSite>
  ) -> (RandomSite, RandomSite)? {
    var seen: [UInt32: RandomSite] = [:]
    for site in sites {
      if let other = seen[site.word], other != site { return (other, site) }
      seen[site.word] = site
    }
    return nil
  }
}

/// All random numbers of one site under one key, each addressed by its draw and element.
///
/// `draw` is the ordinal of the sample in the training stream (0 for initialisation, the epoch
/// for shuffles), below 2⁴⁸; `element` is below 2³⁴. Nothing is consumed: the same address always
/// gives the same number.
package struct RandomStream: Sendable, Hashable {
  package let key: RandomKey
  package let site: RandomSite

  package init(key: RandomKey, site: RandomSite) {
    self.key = key
    self.site = site
  }

  /// The stream of a purpose and path.
  package init(key: RandomKey, purpose: String, path: String = "") {
    self.init(key: key, site: RandomSite(purpose: purpose, path: path))
  }

  func source(draw: UInt64, attempt: Int = 0) -> AssayRandom {
    precondition(draw < 1 << 48, "draw \(draw) exceeds 48 bits")
    return AssayRandom(
      key0: key.word0, key1: key.word1, site: site.word, draw: draw | UInt64(attempt) << 48)
  }

  /// The 32 random bits at an address; `attempt` numbers redraws after a rejection.
  package func word(draw: UInt64 = 0, element: Int, attempt: Int = 0) -> UInt32 {
    precondition(element >= 0 && element < 1 << 34, "element \(element)")
    let source = source(draw: draw, attempt: attempt)
    let counter: [UInt32] = [
      UInt32(element >> 6) * 16 + UInt32(element & 15), source.site,
      UInt32(truncatingIfNeeded: source.draw), UInt32(truncatingIfNeeded: source.draw >> 32),
    ]
    var words: [UInt32] = [0, 0, 0, 0]
    assay_philox4x32(counter, [key.word0, key.word1], &words)
    return words[element >> 4 & 3]
  }

  /// 64 random bits: the words of elements 2·element (high half) and 2·element + 1.
  package func longWord(draw: UInt64 = 0, element: Int) -> UInt64 {
    UInt64(word(draw: draw, element: 2 * element)) << 32
      | UInt64(word(draw: draw, element: 2 * element + 1))
  }

  /// A number in [0, 1), a multiple of 2⁻²⁴.
  package func uniform(draw: UInt64 = 0, element: Int) -> Float {
    Float(word(draw: draw, element: element) >> 8) * 0x1p-24
  }

  /// A number in [0, 1), a multiple of 2⁻⁵³.
  package func uniformDouble(draw: UInt64 = 0, element: Int) -> Double {
    Double(longWord(draw: draw, element: element) >> 11) * 0x1p-53
  }

  /// An integer in 0 ..< bound, all equally likely (Lemire 2019 with redraws); bound ≥ 1.
  package func integer(below bound: UInt32, draw: UInt64 = 0, element: Int) -> UInt32 {
    precondition(bound > 0, "bound is 0")
    let threshold = (0 &- bound) % bound
    for attempt in 0..<0xffff {
      let product = word(draw: draw, element: element, attempt: attempt)
        .multipliedFullWidth(by: bound)
      if product.low >= threshold { return product.high }
    }
    return 0  // never reached: each attempt fails with probability below one half
  }
}
