import Foundation
import TestSupport
import Testing

/// What a run may take: refused from the plan, watched while it goes on, raised by nobody but the
/// one who runs it.
@Suite struct LimitTests {
  /// A limit and a notebook that is beyond it by the plan alone.
  static let planned: [(name: String, low: String, high: String)] = [
    ("rows", "59", "60"), ("parameters", "40", "1000"), ("flop", "1000", "1e9"),
    ("steps", "3", "90"),
    ("memory", "1MB", "1GB"),
  ]

  /// A training with weights of some megabytes, 60 rows.
  private static let notebook = SampleNotebook.regression().replacingOccurrences(
    of: "linear: {out_features: 4}", with: "linear: {out_features: 20}")

  private static let wide = notebook.replacingOccurrences(
    of: "out_features: 20", with: "out_features: 40_000")

  private static func text(for name: String) -> String { name == "memory" ? wide : notebook }

  @Test(arguments: planned)
  func aLimitOfTheFileIsKeptBeforeWorkBegins(_ limit: (name: String, low: String, high: String))
    throws
  {
    let text = Self.text(for: limit.name)
    try Self.expectLimit(
      limit.name, text: text, settings: "limits: {\(limit.name): \(limit.low)}\n", arguments: [])
    try Self.expectFine(text, settings: "limits: {\(limit.name): \(limit.high)}\n", arguments: [])
  }

  @Test(arguments: planned)
  func aLimitOfTheCommandLineIsKeptToo(_ limit: (name: String, low: String, high: String)) throws {
    let text = Self.text(for: limit.name)
    try Self.expectLimit(
      limit.name, text: text, settings: "",
      arguments: ["--limit", "\(limit.name)=\(limit.low)"])
  }

  @Test(arguments: planned)
  func theCommandLineOverridesTheFile(_ limit: (name: String, low: String, high: String)) throws {
    let text = Self.text(for: limit.name)
    let low = "limits: {\(limit.name): \(limit.low)}\n"
    let high = "limits: {\(limit.name): \(limit.high)}\n"
    try Self.expectFine(
      text, settings: low, arguments: ["--limit", "\(limit.name)=\(limit.high)"])
    try Self.expectLimit(
      limit.name, text: text, settings: high,
      arguments: ["--limit", "\(limit.name)=\(limit.low)"])
    // Of several the last.
    try Self.expectLimit(
      limit.name, text: text, settings: "",
      arguments: [
        "--limit", "\(limit.name)=\(limit.high)", "--limit", "\(limit.name)=\(limit.low)",
      ])
  }

  @Test func rowsOfAFileCountAsDrawnOnesDo() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.table(), "data/table.csv": SampleNotebook.rows(24),
    ])
    #expect(try project.assay("render", "--limit", "rows=24").status == 0)
    let before = try project.outputs()
    for verb in ["lint", "plan", "check", "render"] {
      let outcome = try project.assay(verb, "--limit", "rows=23")
      #expect(outcome.status == 5, "\(outcome.description)")
      #expect((outcome.output + outcome.errors).contains("error[limit.rows]"))
    }
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test func aRaisedLimitIsRaisedForTheEngineToo() throws {
    // The usual limits are 10⁷ rows and 2·10⁸ parameters. Planning is enough to see them gone.
    let rows = SampleNotebook.regression().replacingOccurrences(
      of: "samples: 60", with: "samples: 20_000_000")
    let model = SampleNotebook.regression().replacingOccurrences(
      of: "linear: {out_features: 4}, relu",
      with: "linear: {out_features: 15_000}, linear: {out_features: 15_000}, relu")
    for (text, limit) in [(rows, "rows=1e8"), (model, "parameters=1e9")] {
      let project = try TestProject(["notebooks/a.md": text])
      #expect(try project.assay("lint").status == 5)
      let outcome = try project.assay(
        "lint", "--limit", limit, "--limit", "memory=1TB", "--limit", "flop=1e18")
      #expect(outcome.status == 0, "\(outcome.description)")
    }
  }

  @Test(arguments: [
    "limits: {flop: 1e18, memory: 1TB}", "limit: {flop: 1e18}", "params: {flop: 1e18}",
    "profile: none",
  ])
  func aNotebookCannotRaiseThem(_ line: String) throws {
    let text = Self.notebook.replacingOccurrences(of: "seed: 3", with: "seed: 3\n\(line)")
    let project = try TestProject(["notebooks/a.md": text])
    let outcome = try project.assay("lint", "--limit", "flop=1000")
    #expect([4, 5].contains(outcome.status), "\(outcome.description)")
    if line.hasPrefix("limit") {
      #expect(outcome.output.contains("error[experiment.unknown-key]"))
      #expect(outcome.output.contains("assay.yaml"), "the message says where they stand")
    }
    let block = Self.notebook.replacingOccurrences(
      of: "caption: A small run", with: "limits: {flop: 1e18}")
    try project.folder.write(block, to: "notebooks/a.md")
    #expect(try project.assay("lint").status == 4)
  }

  @Test func aNotebookThatIsUsedBringsNoLimits() throws {
    // `assay.yaml` of the root counts, not one beside the used notebook.
    let project = try TestProject([
      "notebooks/a.md": "---\nuse: {b: other/b.md}\n---\n\n`{= b/fit.test.mse as fixed 3}`\n",
      "other/b.md": Self.notebook, "other/assay.yaml": "limits: {flop: 1e18}\n",
      "assay.yaml": "limits: {flop: 1000}\n",
    ])
    let outcome = try project.assay("lint", "notebooks/a.md")
    #expect(outcome.status == 5, "\(outcome.description)")
  }

  @Test(arguments: [
    "memory", "memry=4GB", "memory=4", "memory=4gb", "rows=0", "time=", "time=10min", "=1",
  ])
  func anArgumentThatIsNotUnderstoodIsWrongUsage(_ argument: String) throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    for verb in ["lint", "plan", "check", "render"] {
      let outcome = try project.assay(verb, "--limit", argument)
      #expect(outcome.status == 64, "\(verb): \(outcome.description)")
      #expect(outcome.errors.hasPrefix("Error: --limit \(argument)"), "\(outcome.errors)")
    }
    #expect(try project.outputs().isEmpty)
  }

  @Test func namesAndUnitsThatAreNearlyRightAreSuggested() throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    for (argument, meant) in [
      ("memry=4GB", "memory"), ("memory=4gb", "4GB"), ("time=10min", "10m"),
      ("params=5", "parameters"),
    ] {
      let outcome = try project.assay("lint", "--limit", argument)
      #expect(outcome.errors.contains("did you mean `\(meant)`?"), "\(outcome.errors)")
    }
  }

  @Test func settingsThatCannotBeReadAreNotPassedOver() throws {
    let project = try TestProject(["notebooks/a.md": Self.notebook])
    try project.folder.write(Data([0x6C, 0x69, 0xFF]), to: "assay.yaml")
    var outcome = try project.assay("render")
    #expect(outcome.status == 4, "\(outcome.description)")
    #expect(outcome.errors.contains("assay.yaml:1:3: error[file.invalid-utf8]"))
    try FileManager.default.removeItem(at: project.folder.url("assay.yaml"))
    try FileManager.default.createDirectory(
      at: project.folder.url("assay.yaml"), withIntermediateDirectories: false)
    outcome = try project.assay("render")
    #expect(outcome.status == 4, "\(outcome.description)")
    #expect(outcome.errors.contains("assay.yaml:1:1: error[file.configuration]"))
    #expect(try project.outputs().isEmpty)
  }

  // MARK: While running

  /// A training that no test waits for, and that the plan lets pass.
  private static let endless = notebook.replacingOccurrences(
    of: "epochs: 2", with: "epochs: 1_000_000")

  @Test(arguments: [["--limit", "time=300ms"], []])
  func aRunThatTakesTooLongIsEndedAndLeavesNothing(_ arguments: [String]) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(Self.endless, to: "notebooks/a.md")
    if arguments.isEmpty { try project.folder.write("limits: {time: 300ms}\n", to: "assay.yaml") }
    for verb in ["render", "check"] {
      let watch = Stopwatch()
      let outcome = try Command.assay().run(
        [verb] + arguments, in: project.folder.url, deadline: 60)
      #expect(outcome.status == 5, "\(verb): \(outcome.description)")
      #expect(outcome.errors.contains("error[limit.time]"), "\(verb): \(outcome.description)")
      #expect(watch.seconds < 10, "\(verb) went on")
      #expect(differences(before, try project.outputs()) == [])
    }
  }

  /// Some seconds of drawing, before any training begins.
  private static let drawing = """
    ```experiment digits
    dataset: {synthetic: glyphs, samples: 150_000, split: {train: 0.6, validation: 0.2, test: 0.2}}
    ```

    """

  @Test func aLongPreparationIsEndedByTheClockAndByAnInterruption() throws {
    let project = try TestProject(["notebooks/a.md": Self.drawing])
    for verb in ["render", "check"] {
      if verb == "check" {
        // Something has to be published to be checked.
        try project.folder.write(
          Self.drawing.replacingOccurrences(of: "150_000", with: "400"), to: "notebooks/a.md")
        #expect(try project.assay("render").status == 0)
        try project.folder.write(Self.drawing, to: "notebooks/a.md")
      }
      let before = try project.outputs()
      let watch = Stopwatch()
      let outcome = try project.assay(verb, "--limit", "time=200ms")
      #expect(outcome.status == 5, "\(outcome.description)")
      #expect(outcome.errors.contains("error[limit.time]"), "\(outcome.description)")
      #expect(watch.seconds < 8, "\(verb) went on")
      #expect(differences(before, try project.outputs()) == [])
    }
    let shell = Command(path: "/bin/sh")
    let watch = Stopwatch()
    let outcome = try shell.run(
      [
        "-c", "trap : INT; timeout --preserve-status -s INT 0.4 \"$0\" render",
        try Command.assay().path,
      ], in: project.folder.url)
    #expect(outcome.status == 130, "\(outcome.description)")
    #expect(watch.seconds < 8)
  }

  @Test func aLargeFileIsGivenUpWhenTheTimeIsOver() throws {
    let line = Data("1.25,2.5,a\n3.5,4.75,b\n".utf8)
    var rows = Data("x,y,kind\n".utf8)
    for _ in 0..<1_000_000 { rows.append(line) }
    let project = try TestProject(["notebooks/a.md": SampleNotebook.table()])
    try project.folder.write(rows, to: "data/table.csv")
    for verb in ["lint", "plan", "render"] {
      let outcome = try project.assay(verb, "--limit", "time=20ms")
      #expect(outcome.status == 5, "\(verb): \(outcome.description)")
      let said = outcome.output + outcome.errors
      #expect(said.contains("error[limit.time]"), "\(verb): \(outcome.description)")
    }
    #expect(try project.outputs().isEmpty)
  }

  @Test func largeTextsAreGivenUpWhenTheTimeIsOver() throws {
    var (lines, objects, cells) = ("", "", "body,kind\n")
    for index in 0..<60_000 {
      let text = "The sea of number \(index) is warm. It sings of ships and leaves."
      lines += text + "\n"
      objects += "{\"body\": \"\(text)\", \"kind\": \(index % 2)}\n"
      cells += "\(text),\(index % 2)\n"
    }
    for (source, path, text) in [
      ("text: data/a.txt, document: line", "data/a.txt", lines),
      ("text: data/f, document: paragraph", "data/f/a.txt", lines),
      ("jsonl: data/a.jsonl, text_column: body", "data/a.jsonl", objects),
      ("csv: data/a.csv, text_column: body, label: kind", "data/a.csv", cells),
    ] {
      let project = try TestProject([
        "notebooks/a.md": "```experiment texts\ndataset: {\(source)}\n```\n", path: text,
      ])
      for verb in ["lint", "plan", "render"] {
        let watch = Stopwatch()
        let outcome = try project.assay(verb, "--limit", "time=1ms")
        #expect(outcome.status == 5, "\(source): \(verb): \(outcome.description)")
        let said = outcome.output + outcome.errors
        #expect(said.contains("error[limit.time]"), "\(source): \(outcome.description)")
        #expect(watch.seconds < 5, "\(source): \(verb) went on")
      }
      #expect(try project.outputs().isEmpty)
    }
  }

  /// Each takes many seconds where nobody looks at the clock.
  @Test(arguments: [
    "{synthetic: en_genres, documents: 2_000_000}", "{synthetic: zh_pairs, documents: 1_000_000}",
    "{synthetic: friedman1, samples: 9_000_000}",
    "{synthetic: friedman1, samples: 3_000_000, features: 40, standardize: true}",
  ])
  func drawingWithoutAnEndIsEndedByTheClock(_ data: String) throws {
    let project = try TestProject(["notebooks/a.md": "```experiment d\ndataset: \(data)\n```\n"])
    let watch = Stopwatch()
    let outcome = try project.assay(
      "render", "--limit", "time=50ms", "--limit", "memory=100GB", "--limit", "flop=1e18")
    #expect(outcome.status == 5, "\(outcome.description)")
    #expect(
      (outcome.output + outcome.errors).contains("error[limit.time]"), "\(outcome.description)")
    #expect(watch.seconds < 8, "went on")
    #expect(try project.outputs().isEmpty)
  }

  @Test func aRaisedLimitOfRowsReachesTheReader() throws {
    // One row more than are read if nothing is said.
    var rows = Data("x,kind\n".utf8)
    rows.reserveCapacity(42_000_000)
    let block = Data(String(repeating: "1,a\n2,b\n", count: 5000).utf8)
    for _ in 0..<1000 { rows.append(block) }
    rows.append(Data("3,a\n".utf8))
    let project = try TestProject(["notebooks/a.md": SampleNotebook.table()])
    try project.folder.write(rows, to: "data/table.csv")
    let refused = try project.assay("lint")
    #expect(refused.status == 5, "\(refused.description)")
    #expect(refused.output.contains("error[limit.rows]"), "\(refused.description)")
    let raised = try project.assay("lint", "--limit", "rows=2e7", "--limit", "memory=100GB")
    #expect(raised.status == 0, "\(raised.description)")
    try project.folder.write("limits: {rows: 2e7, memory: 100GB}\n", to: "assay.yaml")
    #expect(try project.assay("lint").status == 0)
  }

  @Test(arguments: [["--limit", "memory=5MB"], []])
  func aProcessThatHoldsTooMuchIsEndedAndLeavesNothing(_ arguments: [String]) throws {
    // By the plan's estimate the steps hold some kilobytes; the program alone is larger than 5 MB.
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    if arguments.isEmpty { try project.folder.write("limits: {memory: 5MB}\n", to: "assay.yaml") }
    for verb in ["render", "check"] {
      let outcome = try Command.assay().run([verb] + arguments, in: project.folder.url)
      #expect(outcome.status == 5, "\(verb): \(outcome.description)")
      #expect(outcome.errors.contains("error[limit.memory]"), "\(verb): \(outcome.description)")
      #expect(differences(before, try project.outputs()) == [])
    }
    #expect(try project.assay("render", "--limit", "memory=1GB").status == 0)
  }

  @Test func aRunThatIsStoppedAtOnceSaysNothingOfItsWork() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let outcome = try project.assay("render", "--limit", "memory=5MB")
    #expect(outcome.status == 5, "\(outcome.description)")
    #expect(outcome.errors.hasPrefix("notebooks/a.md:"), "\(outcome.description)")
    #expect(!outcome.errors.contains("nothing to compute"), "\(outcome.description)")
  }

  @Test func oneNotebookBeyondALimitDoesNotKeepTheOthersFromBeingWritten() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.endless, "notebooks/b.md": SampleNotebook.regression(),
    ])
    let outcome = try project.assay("render", "--limit", "time=2s")
    #expect(outcome.status == 5, "\(outcome.description)")
    #expect(try project.outputs().keys.sorted() == ["b.html", "b.ledger.json", "b.md"])
  }

  @Test func aRunWithinItsLimitsIsTheSameAsWithoutThem() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render", "-o", "free").status == 0)
    let outcome = try project.assay(
      "render", "-o", "bound", "--limit", "time=10m", "--limit", "memory=2GB", "--limit", "steps=20"
    )
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(differences(try project.outputs(in: "free"), try project.outputs(in: "bound")) == [])
  }

  // MARK: Expectations

  /// A document of an earlier rendering stays as it is when a limit is in the way.
  private static func expectLimit(
    _ name: String, text: String, settings: String, arguments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(settings, to: "assay.yaml")
    try project.folder.write(text, to: "notebooks/a.md")
    for verb in ["lint", "plan", "check", "render"] {
      let outcome = try Command.assay().run([verb] + arguments, in: project.folder.url)
      let said = outcome.output + outcome.errors
      #expect(
        outcome.status == 5, "\(verb): \(outcome.description)", sourceLocation: sourceLocation)
      #expect(
        said.contains("notebooks/a.md:") && said.contains("error[limit.\(name)]"), "\(said)",
        sourceLocation: sourceLocation)
    }
    #expect(differences(before, try project.outputs()) == [], sourceLocation: sourceLocation)
  }

  private static func expectFine(
    _ text: String, settings: String, arguments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let project = try TestProject(["notebooks/a.md": text])
    try project.folder.write(settings, to: "assay.yaml")
    for verb in ["lint", "plan"] {
      let outcome = try Command.assay().run([verb] + arguments, in: project.folder.url)
      #expect(
        outcome.status == 0, "\(verb): \(outcome.description)", sourceLocation: sourceLocation)
    }
  }
}
