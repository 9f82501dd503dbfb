import Foundation
import TestSupport

/// What `assay check --format json` says.
struct CheckOutcome: Decodable {
  struct Finding: Decodable {
    let `class`: String
    let id: String
    let message: String
    let notes: [String]
  }

  struct Value: Decodable {
    let path: String
    let `class`: String
  }

  struct Block: Decodable {
    let name: String
    let `class`: String
    let recomputed: Bool
    let findings: [Finding]
    let values: [Value]
  }

  struct Document: Decodable {
    let name: String
    let `class`: String
    let findings: [Finding]
    let difference: String?
  }

  struct Ledger: Decodable {
    let name: String
    let findings: [Finding]
  }

  struct Notebook: Decodable {
    let path: String
    let `class`: String
    let accept: String?
    let ledger: Ledger
    let blocks: [Block]
    let documents: [Document]
  }

  struct Sample: Decodable {
    let blocks: Int
    let of: Int
    let probability: Double
    let seed: String
  }

  let status: Int32
  let mode: String
  let notebooks: [Notebook]
  let sample: Sample?

  init(of outcome: Command.Outcome) throws {
    self = try JSONDecoder().decode(CheckOutcome.self, from: outcome.outputBytes)
  }

  /// The first notebook's class by subject: a block, a document, `ledger`, or `notebook` for all.
  subscript(subject: String) -> String? {
    guard let notebook = notebooks.first else { return nil }
    switch subject {
    case "notebook": return notebook.class
    case "ledger": return notebook.ledger.findings.first?.class ?? "identical"
    default:
      return notebook.blocks.first { $0.name == subject }?.class
        ?? notebook.documents.first { $0.name == subject }?.class
    }
  }

  /// Subjects that are neither identical nor unchanged.
  var conspicuous: [String] {
    guard let notebook = notebooks.first else { return [] }
    let fine = ["identical", "unchanged"]
    return notebook.blocks.filter { !fine.contains($0.class) }.map(\.name)
      + notebook.documents.filter { !fine.contains($0.class) }.map(\.name)
      + (notebook.ledger.findings.isEmpty ? [] : ["ledger"])
  }
}
