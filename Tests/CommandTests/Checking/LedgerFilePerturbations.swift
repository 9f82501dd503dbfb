import Foundation

/// Changes of a ledger's entries and of the file as a whole.
enum LedgerFilePerturbations {
  static func all(_ random: inout Picks) -> [Perturbation] {
    entries + fields + heads + unusable + texts(&random)
  }

  /// Entries of blocks: renamed, removed, doubled, moved, of another kind.
  private static let entries: [Perturbation] =
    ["friedman", "fit", "curves", "sort"].map { block in
      Perturbation("entry of \(block) renamed", exit: 1, [block: "new", "other": "gone"]) {
        try $0.replaceLine(
          "      \"name\": \"\(block)\",", with: ["      \"name\": \"other\","], of: block)
      }
    }
    + ["friedman", "net", "fit", "rates", "table"].map { block in
      Perturbation("entry of \(block) removed", exit: 1, [block: "new"]) {
        $0.ledger = $0.ledger.removingLines(try $0.entry(block))
      }
    }
    + ["fit", "rates"].map { block in
      Perturbation("entry of \(block) twice", exit: 1, ["ledger": "hand-edited"]) {
        let range = try $0.entry(block)
        var lines = $0.ledger.lines
        lines.insert(contentsOf: lines[range], at: range.lowerBound)
        $0.ledger = lines.joined(separator: "\n")
      }
    }
    + ["friedman", "fit"].map { block in
      Perturbation("entry of \(block) moved", exit: 1, ["ledger": "stale"]) {
        let range = try $0.entry(block)
        var lines = $0.ledger.lines
        let entry = Array(lines[range])
        lines.removeSubrange(range)
        lines.insert(contentsOf: entry, at: try $0.entry("table", in: lines).lowerBound)
        $0.ledger = lines.joined(separator: "\n")
      }
    }
    + [("net", "model", "dataset"), ("fit", "train", "evaluate"), ("curves", "plot", "compare")]
    .map { block, old, new in
      Perturbation("entry of \(block) of kind \(new)", exit: 1, [block: "stale"]) {
        try $0.replaceLine(
          "      \"kind\": \"\(old)\",", with: ["      \"kind\": \"\(new)\","], of: block)
        try $0.seal(block)
      }
    }

  /// What a fingerprint is said to be made of: changed, and changed with the digest of the entry.
  private static let fields: [Perturbation] = [
    ("fit", "epochs"), ("fit", "optimizer.sgd.lr"), ("sort", "batch_size"),
    ("friedman", "dataset.samples"),
  ].flatMap { block, field in
    [false, true].map { isSealed in
      Perturbation(
        "field \(field) of \(block)\(isSealed ? ", forged" : "")", exit: 1,
        [isSealed ? "ledger" : block: "hand-edited"]
      ) {
        let lines = $0.ledger.lineIndices(holding: "\"\(field)\": ", in: try $0.entry(block))
        $0.ledger = $0.ledger.changingDigit(
          inLine: lines[0], after: "        \"\(field)\": ", pick: 0)
        if isSealed { try $0.seal(block) }
      }
    }
  }

  private static let heads: [Perturbation] = [
    Perturbation("numerics version", exit: 1, ["ledger": "stale"]) {
      let line = $0.ledger.lineIndices(holding: "  \"numerics\": ").last ?? 0
      $0.ledger = $0.ledger.changingDigit(inLine: line, after: "  \"numerics\": ", pick: 0)
    },
    Perturbation("options", exit: 1, ["ledger": "stale"]) {
      let line = $0.ledger.lineIndices(holding: "  \"numerics\": ").last ?? 0
      var lines = $0.ledger.lines
      lines[line] += ","
      lines.insert(
        contentsOf: ["  \"options\": {", "    \"profile\": \"smoke\"", "  }"], at: line + 1)
      $0.ledger = lines.joined(separator: "\n")
    },
    Perturbation("notebook", exit: 1, ["ledger": "stale"]) {
      $0.ledger = $0.ledger.replacingOnce(
        "\"notebook\": \"small.md\"", with: "\"notebook\": \"other.md\"")
    },
    Perturbation("a document not listed", exit: 1, ["small.html": "stale"]) {
      let line = try $0.documentLine("small.html")
      $0.ledger = $0.ledger.removingLines((line - 1)..<(line + 3))
      $0.ledger = $0.ledger.replacingOccurrences(
        of: "    },\n  ],\n  \"format\"", with: "    }\n  ],\n  \"format\"")
    },
    Perturbation("documents in another order", exit: 1, ["ledger": "hand-edited"]) {
      var lines = $0.ledger.lines
      let (markdown, page) = (try $0.documentLine("small.md"), try $0.documentLine("small.html"))
      for offset in 0..<2 { lines.swapAt(markdown + offset, page + offset) }
      $0.ledger = lines.joined(separator: "\n")
    },
    Perturbation(
      "a document of another name", exit: 1, ["other.md": "hand-edited", "small.md": "stale"]
    ) {
      $0.ledger = $0.ledger.replacingOnce("\"name\": \"small.md\"", with: "\"name\": \"other.md\"")
    },
  ]

  /// No ledger to compare with.
  private static let unusable: [Perturbation] =
    [[], ["--no-run"], ["--sample", "50%"]].flatMap { arguments in
      [
        Perturbation(
          "ledger missing \(arguments.joined())", exit: 1, ["notebook": "missing"], only: false,
          arguments: arguments
        ) { $0.files[PublishedProject.ledgerPath] = nil },
        Perturbation(
          "ledger with a merge conflict \(arguments.joined())", exit: 1, ["notebook": "missing"],
          only: false, arguments: arguments
        ) {
          var lines = $0.ledger.lines
          lines.insert(contentsOf: ["<<<<<<< ours", "=======", ">>>>>>> theirs"], at: 20)
          $0.ledger = lines.joined(separator: "\n")
        },
      ]
    } + [
      Perturbation("ledger of a later format", exit: 1, ["notebook": "missing"], only: false) {
        let line = $0.ledger.lineIndices(holding: "  \"format\": ").last ?? 0
        var lines = $0.ledger.lines
        lines[line] = "  \"format\": 99,"
        $0.ledger = lines.joined(separator: "\n")
      },
      Perturbation("ledger not UTF-8", exit: 1, ["notebook": "missing"], only: false) {
        $0.files[PublishedProject.ledgerPath]?.append(0xFF)
      },
      Perturbation("ledger empty", exit: 1, ["notebook": "missing"], only: false) {
        $0.ledger = ""
      },
    ]

  /// The same content in another text, and beginnings of a ledger.
  private static func texts(_ random: inout Picks) -> [Perturbation] {
    var found: [Perturbation] = []
    for round in 0..<4 {
      let pick = random.next()
      found.append(
        Perturbation("ledger, white space, \(round)", exit: 1, ["ledger": "hand-edited"]) {
          var lines = $0.ledger.lines
          lines.insert("", at: pick % (lines.count - 1))
          $0.ledger = lines.joined(separator: "\n")
        })
    }
    for round in 0..<6 {
      let pick = random.next()
      found.append(
        Perturbation(
          "ledger cut short, \(round)", exit: 1, ["notebook": "missing"], only: false
        ) {
          let bytes = $0.files[PublishedProject.ledgerPath] ?? Data()
          $0.files[PublishedProject.ledgerPath] = bytes.prefix(pick % (bytes.count - 2))
        })
    }
    return found
  }
}
