import Foundation
import TestSupport
import Testing

/// A small project with everything that is published of it: rendered once, copied for each test.
struct PublishedProject {
  /// Bytes by path.
  var files: [String: Data]

  static let notebookPath = "notebooks/small.md"
  static let markdownPath = "output/small.md"
  static let pagePath = "output/small.html"
  static let ledgerPath = "output/small.ledger.json"

  /// Two data sets, repeats, a confusion matrix, a comparison with variants, a plot, values and
  /// references in the prose, and a tolerance.
  static let notebook = """
    ---
    title: A small notebook
    seed: 3
    ---

    # What is compared

    The error is `{= fit.test.mse as fixed 3}`, see [](#fit) and [](#rates); the share of right
    answers is `{= sort.test.accuracy as percent 1}`.

    ```experiment friedman
    dataset: {synthetic: friedman1, samples: 60, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment net
    model: {sequential: [linear: {out_features: 4}, relu, linear: {out_features: 1}]}
    ```

    ```experiment fit
    train:
      model: net
      data: friedman
      optimizer: {sgd: {lr: 0.01}}
      epochs: 2
      batch_size: 10
    evaluate: {split: test, metrics: [mse, mae]}
    repeat: 2
    tolerance:
      test.mse: {abs: 0.5}
      train.loss: {rel: 10%}
    expect:
      - test.mse >= 0
      - sort.test.accuracy <= 1
    caption: The fit
    ```

    Some prose stands between the blocks, with **strong words** and 42 of something.

    ```experiment rates
    compare:
      base: fit
      over: {train.optimizer.lr: [0.001, 0.02]}
    ```

    ```experiment curves
    plot: {compare: rates, series: [train.loss]}
    ```

    ```experiment table
    dataset:
      csv: data/table.csv
      label: kind
      split: {train: 0.5, validation: 0.25, test: 0.25}
    ```

    ```experiment sort
    train:
      model: {sequential: [linear: {out_features: 2}]}
      data: table
      epochs: 1
      batch_size: 4
    evaluate: {split: test, metrics: [accuracy, confusion_matrix]}
    ```

    The end.

    """

  /// The project as `render` leaves it, without the store.
  static let clean: PublishedProject? = {
    guard
      let project = try? TestProject([
        notebookPath: notebook, "data/table.csv": SampleNotebook.rows(),
      ]), let outcome = try? project.assay("render", "--quiet", notebookPath),
      outcome.status == 0, let files = try? project.folder.files()
    else { return nil }
    return PublishedProject(files: files.filter { !$0.key.hasPrefix(".assay/") })
  }()

  /// The text of a file; empty for one that is not there.
  subscript(path: String) -> String {
    get { String(decoding: files[path] ?? Data(), as: UTF8.self) }
    set { files[path] = Data(newValue.utf8) }
  }

  var ledger: String {
    get { self[Self.ledgerPath] }
    set { self[Self.ledgerPath] = newValue }
  }

  var markdown: String {
    get { self[Self.markdownPath] }
    set { self[Self.markdownPath] = newValue }
  }

  var notebook: String {
    get { self[Self.notebookPath] }
    set { self[Self.notebookPath] = newValue }
  }

  /// The files in a folder of their own.
  func written() throws -> TestProject {
    let project = try TestProject(name: "check")
    for (path, bytes) in files { try project.folder.write(bytes, to: path) }
    return project
  }

  /// Writes the files and checks them.
  func checked(_ arguments: [String] = []) throws -> CheckOutcome {
    let project = try written()
    let outcome = try Command.assay().run(
      ["check", "--quiet", "--format", "json"] + arguments, in: project.folder.url)
    do {
      let found = try CheckOutcome(of: outcome)
      #expect(found.status == outcome.status)
      return found
    } catch {
      Issue.record("\(error): \(outcome.description)")
      throw error
    }
  }

  /// SHA-256 of a text, by the tool of the machine, so that a forgery can be made consistent.
  static func digest(of text: String) throws -> String {
    let folder = try TemporaryFolder("digest")
    try folder.write(text, to: "text")
    let tool = try #require(InstalledProgram.find("sha256sum"))
    return String(try tool.run(["text"], in: folder.url).output.prefix(64))
  }
}

extension String {
  /// The text with the first occurrence of another replaced; without one the test fails.
  func replacingOnce(_ old: String, with new: String) -> String {
    guard let range = range(of: old) else {
      Issue.record("nothing to replace: \(old)")
      return self
    }
    return replacingCharacters(in: range, with: new)
  }

  var lines: [String] { components(separatedBy: "\n") }

  /// The lines of the ledger's entry for a block: from its brace to the closing one.
  func entryRange(of block: String) -> Range<Int>? {
    let lines = lines
    guard let name = lines.firstIndex(of: "      \"name\": \"\(block)\",") else { return nil }
    let start = lines[...name].lastIndex(of: "    {") ?? name
    let end = lines[name...].firstIndex { $0 == "    }" || $0 == "    }," } ?? name
    return start..<(end + 1)
  }
}
