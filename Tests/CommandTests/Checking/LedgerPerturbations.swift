import Foundation

/// Changes of a ledger.
enum LedgerPerturbations {
  static func all(_ random: inout Picks) -> [Perturbation] {
    values(&random) + digests(&random) + drifts(&random) + tolerated + claims
  }

  private static let computing = ["friedman", "fit", "rates", "table", "sort", "rates[0.001]"]

  /// A digit of a number, which then no longer fits the ledger's digest of the result.
  private static func values(_ random: inout Picks) -> [Perturbation] {
    var found: [Perturbation] = []
    for block in computing {
      for round in 0..<6 {
        let (line, digit) = (random.next(), random.next())
        found.append(
          Perturbation(
            "a value of \(block), \(round)", exit: 1, [block: "hand-edited"],
            arguments: round < 4 ? [] : ["--no-run"]
          ) {
            try $0.changeLedgerDigit(of: block, key: "\"mean\": ", line, digit)
          })
      }
    }
    for block in ["fit", "sort", "curves"] {
      for round in 0..<2 {
        let (line, digit) = (random.next(), random.next())
        found.append(
          Perturbation("the end of a series of \(block), \(round)", exit: 1, [block: "hand-edited"])
          { try $0.changeLedgerDigit(of: block, key: "\"last\": ", line, digit) })
      }
    }
    for round in 0..<3 {
      let (line, digit) = (random.next(), random.next())
      found.append(
        Perturbation("a repeat of fit, \(round)", exit: 1, ["fit": "hand-edited"]) { project in
          let lines = project.ledger.lines
          let repeats = try project.entry("fit").filter {
            lines[$0].hasPrefix("            ") && lines[$0].contains(".")
              && !lines[$0].contains("\"")
          }
          try project.changeLedgerDigit(inLine: repeats[line % repeats.count], digit)
        })
    }
    return found
  }

  private static func digests(_ random: inout Picks) -> [Perturbation] {
    var found: [Perturbation] = []
    for block in ["friedman", "fit", "rates", "curves", "table", "sort"] {
      for round in 0..<2 {
        let pick = random.next()
        found.append(
          Perturbation("digest of the result of \(block), \(round)", exit: 1, [block: "drifted"]) {
            try $0.changeResult(of: block, pick)
          })
      }
      for (key, arguments) in [("result", []), ("fingerprint", []), ("result", ["--no-run"])] {
        let pick = random.next()
        found.append(
          Perturbation(
            "\(key) of \(block) by hand \(arguments)", exit: 1, [block: "hand-edited"],
            arguments: arguments
          ) { try $0.changeLedgerDigest(of: block, key: "\"\(key)\": ", pick) })
      }
      for round in 0..<3 {
        let pick = random.next()
        found.append(
          Perturbation("a fingerprint of \(block), \(round)", exit: 1, [block: "stale"]) {
            try $0.changeLedgerDigest(of: block, key: "\"fingerprint\": ", pick)
            try $0.seal(block)
          })
      }
    }
    for block in ["fit", "curves", "sort"] {
      for round in 0..<3 {
        let pick = random.next()
        found.append(
          Perturbation("digest of a series of \(block), \(round)", exit: 1, [block: "hand-edited"])
          { try $0.changeLedgerDigest(of: block, key: "          \"digest\": ", pick) })
      }
    }
    for name in ["small.md", "small.html"] {
      for round in 0..<3 {
        let pick = random.next()
        found.append(
          Perturbation("the ledger's digest of \(name), \(round)", exit: 1, [name: "hand-edited"]) {
            $0.ledger = $0.ledger.changingDigest(inLine: try $0.documentLine(name), pick: pick)
          })
      }
    }
    return found
  }

  /// A number and the digest of its result: what a block leaves whose result moved.
  private static func drifts(_ random: inout Picks) -> [Perturbation] {
    var found: [Perturbation] = []
    for block in ["friedman", "rates", "table", "sort"] {
      for round in 0..<4 {
        let (line, digit, pick) = (random.next(), random.next(), random.next())
        found.append(
          Perturbation("drift of \(block), \(round)", exit: 1, [block: "drifted"]) {
            try $0.changeLedgerDigit(of: block, key: "\"mean\": ", line, digit)
            try $0.changeResult(of: block, pick)
          })
      }
    }
    for round in 0..<3 {
      let shift = 0.01 + Double(random.next() % 50) / 1000
      found.append(
        Perturbation("drift of what has no tolerance, \(round)", exit: 1, ["fit": "drifted"]) {
          try $0.moveLedgerValue(of: "fit", path: "test.mae", by: shift)
          try $0.changeResult(of: "fit")
        })
    }
    return found
  }

  /// Drifts of what has a tolerance: `test.mse` of 0.5, the end of `train.loss` of a tenth.
  private static let tolerated: [Perturbation] =
    [-0.49, -0.2, -0.001, 1e-9, 0.003, 0.1, 0.3, 0.499].map { shift in
      Perturbation("test.mse moved by \(shift)", exit: 0, ["fit": "within tolerance"]) {
        try $0.moveLedgerValue(of: "fit", path: "test.mse", by: shift)
        try $0.changeResult(of: "fit")
      }
    }
    + [-30.0, -0.6, -0.51, 0.501, 0.52, 1, 100].map { shift in
      Perturbation("test.mse moved too far, by \(shift)", exit: 1, ["fit": "drifted"]) {
        try $0.moveLedgerValue(of: "fit", path: "test.mse", by: shift)
        try $0.changeResult(of: "fit")
      }
    }
    + [(0.95, true), (0.92, true), (1.04, true), (0.8, false), (1.5, false)].map { factor, may in
      Perturbation(
        "train.loss ends at \(factor) times what it was", exit: may ? 0 : 1,
        ["fit": may ? "within tolerance" : "drifted"]
      ) {
        try $0.moveSeries(of: "fit", name: "train.loss", factor: factor)
        try $0.changeResult(of: "fit")
      }
    }

  private static let claims: [Perturbation] = [
    Perturbation("a claim fails", exit: 1, ["fit": "hand-edited"]) {
      $0.ledger = $0.ledger.replacingOnce("\"outcome\": \"holds\"", with: "\"outcome\": \"fails\"")
      try $0.seal("fit")
    },
    Perturbation("a claim cannot be judged", exit: 1, ["fit": "hand-edited"]) {
      $0.ledger = $0.ledger.replacingOnce(
        "\"outcome\": \"holds\"", with: "\"outcome\": \"cannot be judged\"")
      try $0.seal("fit")
    },
    Perturbation(
      "a claim fails, nothing run", exit: 2, ["fit": "claim broken"], arguments: ["--no-run"]
    ) {
      $0.ledger = $0.ledger.replacingOnce("\"outcome\": \"holds\"", with: "\"outcome\": \"fails\"")
    },
    Perturbation("another claim", exit: 1, ["fit": "stale"]) {
      $0.ledger = $0.ledger.replacingOnce("test.mse >= 0", with: "test.mse >= 1")
      try $0.seal("fit")
    },
    Perturbation(
      "another claim, nothing run", exit: 1, ["fit": "stale"], arguments: ["--no-run"]
    ) {
      $0.ledger = $0.ledger.replacingOnce("accuracy <= 1", with: "accuracy <= 2")
      try $0.seal("fit")
    },
    Perturbation("no claims", exit: 1, ["fit": "stale"]) { project in
      let lines = project.ledger.lines
      let range = try project.entry("fit")
      let start = range.first { lines[$0] == "      \"claims\": [" } ?? 0
      let end = range.first { $0 > start && lines[$0] == "      ]," } ?? start
      var changed = lines
      changed.replaceSubrange(start...end, with: ["      \"claims\": [],"])
      project.ledger = changed.joined(separator: "\n")
      try project.seal("fit")
    },
  ]
}
