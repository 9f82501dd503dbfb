import Foundation
import TestSupport
import Testing

/// A corpus of perturbed ledgers, documents and notebooks: `check` names what happened to each, and
/// ends with the status that belongs to it.
@Suite struct CheckCorpusTests {
  static let seed: UInt64 = 20_261_123

  static let corpus: [Perturbation] = {
    var picks = Picks(seed: seed)
    return LedgerPerturbations.all(&picks) + LedgerFilePerturbations.all(&picks)
      + DocumentPerturbations.all(&picks) + NotebookPerturbations.all
  }()

  @Test func theCorpusIsLarge() {
    #expect(Self.corpus.count >= 250)
    #expect(Set(Self.corpus.map(\.name)).count == Self.corpus.count)
  }

  @Test(arguments: [[], ["--no-run"], ["--sample", "50%", "--seed", "s"], ["--trust-store"]])
  func whatIsPublishedIsFine(_ arguments: [String]) throws {
    let found = try #require(PublishedProject.clean).checked(arguments)
    #expect(found.status == 0)
    #expect(found.conspicuous == [])
    #expect(found.notebooks.first?.accept == nil)
  }

  @Test(arguments: corpus)
  func everyPerturbationIsNamed(_ perturbation: Perturbation) throws {
    let clean = try #require(PublishedProject.clean)
    var project = clean
    try perturbation.change(&project)
    let note = "seed \(Self.seed): \(perturbation.name)"
    #expect(
      project.files != clean.files || !perturbation.arguments.isEmpty, "\(note) changed nothing")
    let found = try project.checked(perturbation.arguments)
    let findings = found.notebooks.flatMap { notebook in
      notebook.ledger.findings + notebook.blocks.flatMap(\.findings)
        + notebook.documents.flatMap(\.findings)
    }.map { "\($0.class): \($0.message) \($0.notes)" }
    #expect(found.status == perturbation.status, "\(note): \(findings)")
    for (subject, expected) in perturbation.expected {
      #expect(found[subject] == expected, "\(note): \(subject): \(findings)")
    }
    if perturbation.isOnly {
      let others = found.conspicuous.filter { perturbation.expected[$0] == nil }
      #expect(others == [], "\(note): \(findings)")
    }
  }
}
