import Foundation
import TestSupport

/// A project in a folder of its own, and the command run in it.
struct TestProject {
  let folder: TemporaryFolder
  private let command: Command

  /// - Parameter files: texts by path; `assay.yaml` makes the folder a root.
  init(_ files: [String: String] = [:], name: String = "project") throws {
    command = try Command.assay()
    folder = try TemporaryFolder(name)
    try folder.write("# The root of a test.\n", to: "assay.yaml")
    for (path, text) in files { try folder.write(text, to: path) }
  }

  /// A project with a copy of the notebooks that are shipped, and of their data.
  static func shipped() throws -> TestProject {
    let project = try TestProject()
    try FileManager.default.copyItem(
      at: repository.appendingPathComponent("notebooks"), to: project.folder.url("notebooks"))
    return project
  }

  /// The folder of the package, found from the place of this source file.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs `assay` with these words in the project, or in a folder below it.
  func assay(
    _ arguments: String..., in place: String = "", environment: [String: String] = [:],
    killedAfter: Double? = nil
  ) throws -> Command.Outcome {
    try command.run(
      arguments, in: place.isEmpty ? folder.url : folder.url(place), environment: environment,
      killedAfter: killedAfter)
  }

  /// Runs `assay` with a list of words in the project.
  func assay(_ arguments: [String]) throws -> Command.Outcome {
    try command.run(arguments, in: folder.url)
  }

  /// The documents written so far, by path below `output`.
  func outputs(in place: String = "output") throws -> [String: Data] {
    folder.exists(place) ? try folder.files(below: place) : [:]
  }
}

/// Notebooks that run in milliseconds.
enum SampleNotebook {
  /// A regression of two blocks, with a value and a reference in the prose.
  static func regression(
    lr: String = "0.01", caption: String = "A small run", expect: String = "test.mse >= 0",
    prose: String = "Some *prose*."
  ) -> String {
    """
    ---
    title: A small notebook
    seed: 3
    ---

    \(prose) The error is `{= fit.test.mse as fixed 3}`, see [](#fit).

    ```experiment friedman
    dataset: {synthetic: friedman1, samples: 60, split: {train: 0.5, validation: 0.25, test: 0.25}}
    ```

    ```experiment fit
    train:
      model: {sequential: [linear: {out_features: 4}, relu, linear: {out_features: 1}]}
      data: friedman
      optimizer: {sgd: {lr: \(lr)}}
      epochs: 2
      batch_size: 10
    evaluate: {split: test, metrics: [mse]}
    expect:
      - \(expect)
    caption: \(caption)
    ```

    The end.

    """
  }

  /// A classifier on a CSV file; the optional texts replace parts of the blocks.
  static func table(
    path: String = "data/table.csv", columns: String = "label: kind",
    split: String = "{train: 0.5, validation: 0.25, test: 0.25}", outputs: Int = 2,
    loss: String = "cross_entropy"
  ) -> String {
    """
    # A table

    ```experiment table
    dataset: {csv: \(path), \(columns), split: \(split)}
    ```

    ```experiment fit
    train:
      model: {sequential: [linear: {out_features: \(outputs)}]}
      data: table
      loss: \(loss)
      epochs: 1
      batch_size: 4
    evaluate: {split: test, metrics: [accuracy, confusion_matrix]}
    ```

    """
  }

  /// Rows for `table`: two columns of numbers, and one of the classes in turn.
  static func rows(_ count: Int = 24, classes: [String] = ["a", "b"]) -> String {
    var text = "x,y,kind\n"
    for row in 0..<count {
      text += "\(row).5,\((row * 7) % 11),\(classes[row % classes.count])\n"
    }
    return text
  }
}

/// A dictionary's keys with different values, for messages that do not print whole documents.
func differences(_ first: [String: Data], _ second: [String: Data]) -> [String] {
  Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted()
}
