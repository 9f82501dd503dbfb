import Foundation
import TestSupport
import Testing

/// Every line of bad input: a diagnostic with its place, exit 4, and earlier documents untouched.
@Suite struct BadInputTests {
  private func refuses(
    _ text: String, _ id: String, files: [String: String] = [:],
    at place: String = "notebooks/a.md:",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try ExitCodeTests.expectRefusal(
      text, status: 4, id: id, files: files, at: place, sourceLocation: sourceLocation)
  }

  @Test func malformedYAML() throws {
    try refuses(
      "# A\n\n```experiment a\nmodel: {sequential: [relu\n```\n", "yaml.", at: "notebooks/a.md:4:")
  }

  @Test func anUnknownKind() throws {
    try refuses(
      "```experiment a\nclusters: {}\n```\n", "experiment.", at: "notebooks/a.md:2:1")
  }

  @Test func layersThatDoNotFit() throws {
    let text = SampleNotebook.regression().replacingOccurrences(
      of: "linear: {out_features: 1}", with: "linear: {in_features: 5, out_features: 1}")
    try refuses(text, "shape.", at: "notebooks/a.md:14:")
  }

  @Test func aMissingFile() throws {
    try refuses(SampleNotebook.table(), "data.missing-file", at: "notebooks/a.md:4:16")
  }

  @Test(arguments: [
    ("", "data.empty-file"), ("x,y,kind\n", "data.no-rows"),
    ("x,y,kind\n1,2,a\n1,2\n3,4,b\n", "data.ragged-row"),
    ("x,y,kind\n1,2,a\n1,many,b\n", "data.not-a-number"),
    ("x,y,kind\n1,2,a\n1,NaN,b\n", "data.not-finite"),
    ("x,y,kind\n1,2,a\n1,inf,b\n", "data.not-finite"),
    ("x,y,kind\n1,2,a\n1,,b\n", "data.missing-value"),
    ("x,x,kind\n1,2,a\n1,3,b\n", "data.duplicate-column"),
    ("x,y,kind\n1,2,\"a\n1,3,b\n", "data.unclosed-quote"),
  ])
  func aTableWithAFault(_ table: String, _ id: String) throws {
    try refuses(SampleNotebook.table(), id, files: ["data/table.csv": table])
  }

  @Test func bytesThatAreNoText() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.table()])
    var bytes = Data(SampleNotebook.rows().utf8)
    bytes.append(contentsOf: [0x31, 0x2C, 0xFF, 0x2C, 0x61, 0x0A])
    try project.folder.write(bytes, to: "data/table.csv")
    let table = try project.assay("lint")
    #expect(table.status == 4)
    #expect(table.output.contains("notebooks/a.md:4:16: error[data.invalid-utf8]"))
    try project.folder.write(Data([0x41, 0x0A, 0xC0, 0xAF]), to: "notebooks/a.md")
    let notebook = try project.assay("lint")
    #expect(notebook.status == 4)
    #expect(notebook.output.contains("notebooks/a.md:2:1: error[file.invalid-utf8]"))
  }

  @Test func aTableOfAMillionColumns() throws {
    let names = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
    let row = String(repeating: "1,", count: 999_999) + "1\n"
    try refuses(
      SampleNotebook.table(columns: "label: c0"), "data.too-many-columns",
      files: ["data/table.csv": names + "\n" + row + row])
  }

  @Test func oneClass() throws {
    try refuses(
      SampleNotebook.table(), "data.one-class",
      files: ["data/table.csv": SampleNotebook.rows(classes: ["a"])], at: "notebooks/a.md:4:")
  }

  @Test func aSplitThatLeavesAClassOut() throws {
    try refuses(
      SampleNotebook.table(outputs: 3), "data.missing-class",
      files: ["data/table.csv": SampleNotebook.rows() + "1,2,rare\n"], at: "notebooks/a.md:4:")
  }

  @Test(arguments: [
    ("../secret.csv", "experiment.path"), ("/etc/passwd", "experiment.path"),
    (".hidden/table.csv", "experiment.path"), ("data/.table.csv", "experiment.path"),
    ("data/../../secret.csv", "experiment.path"),
    ("data/link.csv", "data.outside-root"), ("linked/table.csv", "data.outside-root"),
    ("data", "data.unreadable"), ("data/table.csv/x", "data."),
    ("data/pipe.csv", "data.unreadable"),
  ])
  func aPathThatLeavesTheProject(_ path: String, _ id: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.table(path: path)])
    let outside = try TemporaryFolder("outside")
    try outside.write(SampleNotebook.rows(), to: "table.csv")
    for place in ["data/table.csv", "data/.table.csv", ".hidden/table.csv"] {
      try project.folder.write(SampleNotebook.rows(), to: place)
    }
    let files = FileManager.default
    try files.createSymbolicLink(
      at: project.folder.url("data/link.csv"), withDestinationURL: outside.url("table.csv"))
    try files.createSymbolicLink(
      at: project.folder.url("linked"), withDestinationURL: outside.url)
    mkfifo(project.folder.url("data/pipe.csv").path, 0o600)
    for verb in ["lint", "render"] {
      let outcome = try project.assay(verb)
      #expect(outcome.status == 4, "\(outcome.description)")
      #expect((outcome.output + outcome.errors).contains("notebooks/a.md:4:16: error[\(id)"))
      #expect(
        !(outcome.output + outcome.errors).contains("root:x:0"), "nothing of the file is shown")
      #expect(try project.outputs().isEmpty)
    }
  }

  @Test func aLinkWithinTheProjectIsRefusedToo() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.table(path: "data/link.csv"),
      "data/table.csv": SampleNotebook.rows(),
    ])
    try FileManager.default.createSymbolicLink(
      at: project.folder.url("data/link.csv"),
      withDestinationURL: project.folder.url("data/table.csv"))
    #expect(try project.assay("lint").status == 4)
  }

  @Test(arguments: ["output", "output/a.md/x", "output/a.html/x", "output/a.ledger.json/x"])
  func anOutputPlaceThatSomethingElseHolds(_ obstacle: String) throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(), obstacle: "in the way\n",
    ])
    let before = try project.folder.files()
    let outcome = try project.assay("render")
    #expect(outcome.status == 4, "\(outcome.description)")
    #expect(outcome.errors.contains("error[output.unwritable]"))
    #expect(!outcome.errors.contains("friedman ("), "found out before anything ran")
    #expect(differences(before, try project.folder.files()) == [])
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func anOutputFolderThatIsReadOnly() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()
    try project.folder.write(SampleNotebook.regression(lr: "0.02"), to: "notebooks/a.md")
    let folder = project.folder.url("output").path
    chmod(folder, 0o555)
    defer { chmod(folder, 0o755) }
    #expect(try project.assay("render").status == 4)
    #expect(differences(before, try project.outputs()) == [])
  }

  @Test func aPlaceThatTheKernelRefuses() throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    let outcome = try project.assay("render", "-o", "/proc/assay")
    #expect(outcome.status == 4, "\(outcome.description)")
    #expect(outcome.errors.contains("error[output.unwritable]"))
  }

  @Test func twoNotebooksOfOnePlace() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(), "a.md": SampleNotebook.regression(lr: "0.02"),
    ])
    let outcome = try project.assay("render", "notebooks/a.md", "a.md")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("error[output.same-place]"))
    #expect(try project.outputs().isEmpty)
  }

  @Test func valuesOnTheCommandLineAreCheckedAsThoseInTheNotebook() throws {
    let text = SampleNotebook.regression(lr: "$rate")
      .replacingOccurrences(of: "seed: 3", with: "seed: 3\nparams: {rate: 0.1}")
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("lint", "-P", "rate=0.2").status == 0)
    for value in ["rate=fast", "rate=-1", "rat=0.1", "rate="] {
      let outcome = try project.assay("render", "-P", value)
      #expect([4, 64].contains(outcome.status), "\(value): \(outcome.description)")
    }
    let profile = try project.assay("render", "--profile", "smoek")
    #expect([4, 64].contains(profile.status), "\(profile.description)")
    #expect(try project.outputs().isEmpty)
  }
}
