package import Digests
internal import Experiments

/// What blocks show in the two documents, by what it was printed from; from an earlier rendering by
/// the same program, so that what is printed from the same need not be printed again.
package struct PrintedBlocks: Sendable {
  /// What a block shows in either document; nil where it shows nothing.
  package struct Texts: Sendable {
    /// The body of its region.
    package var body: String?
    /// Its section of the page.
    package var section: String?

    package init(body: String? = nil, section: String? = nil) {
      self.body = body
      self.section = section
    }
  }

  private let texts: [SHA256Digest: Texts]

  /// Nothing is known.
  package static let none = PrintedBlocks([:])

  package init(_ texts: [SHA256Digest: Texts]) {
    self.texts = texts
  }

  subscript(key: SHA256Digest) -> Texts? { texts[key] }
}

/// A block's texts, and the digest of everything that they depend on but the program.
package struct PrintedBlock: Sendable {
  package let key: SHA256Digest
  package let texts: PrintedBlocks.Texts
}
