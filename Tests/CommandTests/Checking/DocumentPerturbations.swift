import Foundation

/// Changes of the Markdown document and of the page.
enum DocumentPerturbations {
  static func all(_ random: inout Picks) -> [Perturbation] {
    digits(&random) + prose(&random) + regions + files(&random) + forgeries(&random)
      + pages(&random)
  }

  private static let edited = ["small.md": "hand-edited"]

  /// A digit of a table, a plot or a confusion matrix, or of a value in the prose.
  private static func digits(_ random: inout Picks) -> [Perturbation] {
    var found: [Perturbation] = []
    for round in 0..<24 {
      let (line, digit) = (random.next(), random.next())
      found.append(
        Perturbation("a digit of generated text, \(round)", exit: 1, edited) {
          $0.changeGeneratedDigit(line, digit)
        })
    }
    for round in 0..<4 {
      let digit = random.next()
      found.append(
        Perturbation("a digit of a value in the prose, \(round)", exit: 1, edited) {
          try $0.changeInline(round < 2 ? "fit" : "sort") {
            $0.changingDigit(inLine: 0, pick: digit)
          }
        })
    }
    for round in 0..<2 {
      let (line, digit) = (random.next(), random.next())
      found.append(
        Perturbation(
          "a digit of generated text, nothing run, \(round)", exit: 1, edited,
          arguments: ["--no-run"]
        ) { $0.changeGeneratedDigit(line, digit) })
    }
    return found
  }

  /// A letter of the prose.
  private static func prose(_ random: inout Picks) -> [Perturbation] {
    let words = [
      "compared", "error", "right", "Some prose", "between", "strong", "words", "42", "something",
      "The end",
    ]
    return words.map { word in
      let pick = random.next()
      return Perturbation("prose of the document: \(word)", exit: 1, edited) {
        var letters = Array(word)
        letters[pick % letters.count] = letters[pick % letters.count] == "x" ? "y" : "x"
        $0.markdown = $0.markdown.replacingOnce(word, with: String(letters))
      }
    }
      + [
        Perturbation("prose added to the document", exit: 1, edited) {
          $0.markdown += "\nA note.\n"
        },
        Perturbation("a field in the document", exit: 1, edited) {
          $0.markdown = $0.markdown.replacingOnce("lr: 0.01}", with: "lr: 0.02}")
        },
        Perturbation(
          "prose of the document, nothing run", exit: 1, edited, arguments: ["--no-run"]
        ) { $0.markdown = $0.markdown.replacingOnce("Some prose", with: "Any prose") },
      ]
  }

  private static let regions: [Perturbation] = ["friedman", "fit", "rates", "sort"].flatMap {
    block in
    [
      Perturbation("region of \(block) deleted", exit: 1, edited) {
        $0.markdown = $0.markdown.removingLines(try $0.region(block))
      },
      Perturbation("region of \(block) twice", exit: 1, edited) {
        let range = try $0.region(block)
        var lines = $0.markdown.lines
        lines.insert(contentsOf: lines[range], at: range.upperBound)
        $0.markdown = lines.joined(separator: "\n")
      },
      Perturbation("region of \(block) emptied", exit: 1, edited) {
        let range = try $0.region(block)
        $0.markdown = $0.markdown.removingLines((range.lowerBound + 1)..<(range.upperBound - 1))
      },
      Perturbation("digest in the comment of \(block)", exit: 1, edited) {
        var lines = $0.markdown.lines
        lines[try $0.region(block).lowerBound] = "<!-- assay:\(block) 0123456789ab -->"
        $0.markdown = lines.joined(separator: "\n")
      },
      Perturbation("name in the comment of \(block)", exit: 1, edited) {
        $0.markdown = $0.markdown.replacingOnce("<!-- assay:\(block) ", with: "<!-- assay:net ")
      },
    ]
  }

  private static func files(_ random: inout Picks) -> [Perturbation] {
    var found = [
      Perturbation("document missing", exit: 1, ["small.md": "missing"]) {
        $0.files[PublishedProject.markdownPath] = nil
      },
      Perturbation(
        "document missing, nothing run", exit: 1, ["small.md": "missing"], arguments: ["--no-run"]
      ) { $0.files[PublishedProject.markdownPath] = nil },
      Perturbation("document empty", exit: 1, edited) { $0.markdown = "" },
      Perturbation("document not UTF-8", exit: 1, edited) {
        $0.files[PublishedProject.markdownPath]?.append(0xFF)
      },
      Perturbation("line ends of the document", exit: 1, edited) {
        $0.markdown = $0.markdown.replacingOccurrences(of: "\n", with: "\r\n")
      },
      Perturbation("no last line end", exit: 1, edited) { $0.markdown.removeLast() },
    ]
    for round in 0..<4 {
      let pick = random.next()
      found.append(
        Perturbation("document cut short, \(round)", exit: 1, edited) {
          let bytes = $0.files[PublishedProject.markdownPath] ?? Data()
          $0.files[PublishedProject.markdownPath] = bytes.prefix(pick % (bytes.count - 1))
        })
    }
    return found
  }

  /// Documents that were changed with every digest made to fit: only the results tell.
  private static func forgeries(_ random: inout Picks) -> [Perturbation] {
    let drifted = ["small.md": "drifted"]
    var found: [Perturbation] = []
    for round in 0..<10 {
      let (line, digit) = (random.next(), random.next())
      found.append(
        Perturbation("forgery of generated text, \(round)", exit: 1, drifted) {
          $0.changeGeneratedDigit(line, digit)
          try $0.makeDigestsFit()
        })
    }
    return found + [
      Perturbation("forgery of a value in the prose", exit: 1, drifted) {
        try $0.changeInline("sort") { _ in "99.9 %" }
        try $0.makeDigestsFit()
      },
      Perturbation("forgery of a reference", exit: 1, drifted) {
        $0.markdown = $0.markdown.replacingOnce("](#rates)<!--=-->", with: "9](#rates)<!--=-->")
        try $0.makeDigestsFit()
      },
      Perturbation("forgery by leaving a region out", exit: 1, drifted) {
        $0.markdown = $0.markdown.removingLines(try $0.region("sort"))
        try $0.makeDigestsFit()
      },
      Perturbation("forgery of the prose", exit: 1, ["small.md": "stale"]) {
        $0.markdown = $0.markdown.replacingOnce("42 of something", with: "43 of something")
        try $0.makeDigestsFit()
      },
      Perturbation(
        "forgery, in a sample of all", exit: 1, drifted, arguments: ["--sample", "100%"]
      ) {
        $0.changeGeneratedDigit(2, 1)
        try $0.makeDigestsFit()
      },
      Perturbation(
        "forgery of a value, in a sample of all", exit: 1, drifted,
        arguments: ["--sample", "100%"]
      ) {
        try $0.changeInline("fit") { _ in "9.999" }
        try $0.makeDigestsFit()
      },
      Perturbation("page forged with its digest", exit: 1, ["small.html": "drifted"]) {
        $0[PublishedProject.pagePath] = $0[PublishedProject.pagePath]
          .replacingOnce("The end.", with: "The End.")
        try $0.makeDigestsFit()
      },
    ]
  }

  private static func pages(_ random: inout Picks) -> [Perturbation] {
    let edited = ["small.html": "hand-edited"]
    var found: [Perturbation] = []
    for round in 0..<6 {
      let pick = random.next()
      found.append(
        Perturbation("a byte of the page, \(round)", exit: 1, edited) {
          var bytes = $0.files[PublishedProject.pagePath] ?? Data()
          bytes[pick % bytes.count] ^= 1
          $0.files[PublishedProject.pagePath] = bytes
        })
    }
    return found + [
      Perturbation("page missing", exit: 1, ["small.html": "missing"]) {
        $0.files[PublishedProject.pagePath] = nil
      },
      Perturbation(
        "a byte more of the page, nothing run", exit: 1, edited, arguments: ["--no-run"]
      ) { $0[PublishedProject.pagePath] += " " },
    ]
  }
}
