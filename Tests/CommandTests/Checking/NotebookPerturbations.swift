import Foundation

/// Changes of the notebook and of its data, after it was published.
enum NotebookPerturbations {
  static let all: [Perturbation] = fields + texts + claims + blocks + data + faults

  private static func edit(
    _ name: String, exit status: Int32, _ expected: [String: String], only isOnly: Bool = false,
    arguments: [String] = [], _ old: String, _ new: String
  ) -> Perturbation {
    Perturbation(name, exit: status, expected, only: isOnly, arguments: arguments) {
      $0.notebook = $0.notebook.replacingOnce(old, with: new)
    }
  }

  private static let fields: [Perturbation] =
    ["0.011", "0.02", "1e-3"].flatMap { lr in
      [[], ["--no-run"]].map { arguments in
        edit(
          "lr \(lr) \(arguments.joined())", exit: 1,
          ["fit": "stale", "friedman": arguments.isEmpty ? "identical" : "unchanged"],
          arguments: arguments, "lr: 0.01}", "lr: \(lr)}")
      }
    }
    + [
      edit("epochs", exit: 1, ["fit": "stale"], "epochs: 2", "epochs: 3"),
      edit("repeats", exit: 1, ["fit": "stale"], "repeat: 2", "repeat: 3"),
      edit("metrics", exit: 1, ["fit": "stale"], "[mse, mae]", "[mse, mae, r2]"),
      edit("layers", exit: 1, ["fit": "stale"], "out_features: 4", "out_features: 5"),
      edit(
        "seed", exit: 1, ["friedman": "stale", "fit": "stale", "net": "identical"], "seed: 3",
        "seed: 4"),
      edit(
        "samples", exit: 1, ["friedman": "stale", "fit": "stale", "sort": "identical"],
        "samples: 60", "samples: 64"),
      edit(
        "variants", exit: 1, ["rates": "stale", "fit": "identical"], "[0.001, 0.02]",
        "[0.001, 0.03]"),
    ]

  /// What bears on no result, and stands in the document all the same.
  private static let texts: [Perturbation] = [
    ("caption", "caption: The fit", "caption: A fit"),
    ("comment", "batch_size: 10", "batch_size: 10  # few"),
    ("number spelling", "lr: 0.01}", "lr: 1e-2}"),
    ("key order", "epochs: 2\n  batch_size: 10", "batch_size: 10\n  epochs: 2"),
    ("tolerance", "{abs: 0.5}", "{abs: 0.6}"),
    ("prose", "Some prose", "Any prose"),
    ("heading", "# What is compared", "# What we compare"),
    ("title", "title: A small notebook", "title: A small note"),
    ("value", "as fixed 3", "as fixed 2"),
    ("the end", "The end.", "The end"),
  ].flatMap { name, old, new in
    [[], ["--no-run"]].map { arguments in
      edit(
        "\(name) of the notebook \(arguments.joined())", exit: 1, ["small.md": "stale"],
        only: true, arguments: arguments, old, new)
    }
  }

  private static let claims: [Perturbation] = [
    edit(
      "a claim that fails", exit: 2, ["fit": "claim broken"], only: true, "test.mse >= 0",
      "test.mse >= 1e9"),
    edit(
      "a claim about another block that fails", exit: 2, ["fit": "claim broken"], only: true,
      "sort.test.accuracy <= 1", "sort.test.accuracy > 1"),
    edit(
      "a claim that nobody can judge", exit: 2, ["fit": "claim broken"], only: true,
      "test.mse >= 0", "1 / (test.mse - test.mse) >= 0"),
    edit(
      "another claim that holds", exit: 1, ["fit": "stale"], only: true, "test.mse >= 0",
      "test.mse >= -1"),
  ]

  private static let blocks: [Perturbation] =
    [[], ["--no-run"]].map { arguments in
      Perturbation(
        "a block added \(arguments.joined())", exit: 1, ["extra": "new"], only: false,
        arguments: arguments
      ) {
        $0.notebook += "\n```experiment extra\nplot: {runs: [sort], series: [train.loss]}\n```\n"
      }
    } + [
      Perturbation("a block deleted", exit: 1, ["curves": "gone"], only: false) {
        $0.notebook = $0.notebook.replacingOnce(
          "```experiment curves\nplot: {compare: rates, series: [train.loss]}\n```\n\n", with: "")
      },
      edit(
        "a block renamed", exit: 1, ["lines": "new", "curves": "gone"], "experiment curves",
        "experiment lines"),
    ]

  private static let data: [Perturbation] = (0..<6).map { round in
    Perturbation(
      "a number of the data, \(round)", exit: 1,
      ["table": "stale", "sort": "stale", "fit": round < 4 ? "identical" : "unchanged"],
      only: false, arguments: round < 4 ? [] : ["--no-run"]
    ) {
      $0["data/table.csv"] = $0["data/table.csv"].replacingOnce(
        "\n\(round + 3).5,", with: "\n\(round + 3).25,")
    }
  }

  private static let faults: [Perturbation] = [
    edit(
      "a run that diverges", exit: 3, ["fit": "failed", "sort": "identical"], "lr: 0.01}",
      "lr: 1e20}"),
    edit("an unknown key", exit: 4, ["notebook": "not checked"], "epochs: 2", "epoch: 2"),
    edit(
      "an unknown key, nothing run", exit: 4, ["notebook": "not checked"],
      arguments: ["--no-run"], "epochs: 2", "epoch: 2"),
    edit(
      "a tolerance that fits nothing", exit: 4, ["notebook": "not checked"],
      "test.mse: {abs: 0.5}", "test.msd: {abs: 0.5}"),
    edit(
      "beyond a limit", exit: 5, ["notebook": "not checked"], "samples: 60",
      "samples: 900000000"),
    Perturbation("data missing", exit: 4, ["notebook": "not checked"], only: false) {
      $0.files["data/table.csv"] = nil
    },
    Perturbation(
      "stopped by a limit", exit: 5, ["notebook": "not checked"], only: false,
      arguments: ["--limit", "memory=1MB"]
    ) { _ in },
  ]
}
