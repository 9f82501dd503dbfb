import Foundation
import TestSupport
import Testing

/// What `assay check` leaves alone, whom it asks, and what it proposes.
@Suite struct CheckCommandTests {
  private static func check(
    _ project: TestProject, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Command.Outcome {
    try Command.assay().run(
      ["check"] + arguments, in: project.folder.url, environment: environment)
  }

  /// Every file and folder of a project with bytes and time of the last change.
  private static func state(_ project: TestProject) throws -> [String: String] {
    let base = project.folder.url
    let names = (FileManager.default.enumerator(atPath: base.path)?.allObjects ?? [])
      .compactMap { $0 as? String }
    var state: [String: String] = [:]
    for name in names {
      let url = base.appendingPathComponent(name)
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      let bytes = (try? Data(contentsOf: url))?.hashValue ?? 0
      state[name] = "\(attributes[.modificationDate] ?? "") \(attributes[.size] ?? "") \(bytes)"
    }
    return state
  }

  @Test(
    arguments: [[], ["--no-run"], ["--sample", "30%"], ["--trust-store"], ["--format", "junit"]],
    [false, true])
  func nothingIsWritten(_ arguments: [String], _ isPerturbed: Bool) throws {
    var clean = try #require(PublishedProject.clean)
    if isPerturbed {
      clean.notebook = clean.notebook.replacingOnce("lr: 0.01}", with: "lr: 0.02}")
      clean.markdown += "x"
    }
    let project = try clean.written()
    let temporary = try TemporaryFolder("tmp")
    let before = try Self.state(project)
    let outcome = try Self.check(
      project, arguments, environment: ["TMPDIR": temporary.url.path])
    #expect(outcome.status == (isPerturbed ? 1 : 0), "\(outcome.description)")
    #expect(try Self.state(project) == before)
    #expect(try temporary.files() == [:])
    #expect(!project.folder.exists(".assay"))
  }

  /// Nothing waits for a writer of a pipe.
  @Test(arguments: ["mkfifo", "mkdir"], ["output/a.ledger.json", "output/a.html"])
  func whatIsNoRegularFileIsCalledThat(_ maker: String, _ path: String) throws {
    let project = try TestProject(["notebooks/a.md": SampleNotebook.regression()])
    #expect(try project.assay("render", "--quiet").status == 0)
    try FileManager.default.removeItem(at: project.folder.url(path))
    let made = try Command(path: "/usr/bin/env").run([maker, path], in: project.folder.url)
    #expect(made.status == 0, "\(made.description)")
    let isLedger = path.hasSuffix(".json")
    for (words, status) in [
      (["check", "--no-run"], 1), (["check"], 1), (["plan"], 0), (["render"], 4),
      (["render", "--only", "fit"], 4),
    ] as [([String], Int32)] {
      let outcome = try Command.assay().run(words, in: project.folder.url, deadline: 30)
      let said = outcome.output + outcome.errors
      #expect(outcome.status == status, "\(words): \(outcome.description)")
      let isSilent = words == ["plan"] && !isLedger
      #expect(said.contains("not a regular file") != isSilent, "\(words): \(outcome.description)")
      #expect(!said.contains("not there") && !said.contains("has no ledger"), "\(said)")
    }
  }

  @Test func aReadOnlyProjectIsChecked() throws {
    let project = try #require(PublishedProject.clean).written()
    let shell = Command(path: "/bin/sh")
    _ = try shell.run(["-c", "chmod -R a-w ."], in: project.folder.url)
    defer { _ = try? shell.run(["-c", "chmod -R u+w ."], in: project.folder.url) }
    let outcome = try Self.check(project, ["--quiet"])
    #expect(outcome.status == 0, "\(outcome.description)")
  }

  /// Folders that only look like a leftover were once removed, those of other tests among them.
  @Test func notebooksThatShareStepsUseAPrivateStoreAndLeaveNone() throws {
    let project = try TestProject([
      "notebooks/a.md": SampleNotebook.regression(),
      "notebooks/b.md": SampleNotebook.regression(prose: "Another."),
    ])
    #expect(try project.assay("render", "--quiet").status == 0)
    let temporary = try TemporaryFolder("tmp")
    // What a check that was killed has left, what one that runs holds, and what is not ours to remove.
    try temporary.write("x", to: "assay-check-store-abcdef/v1/x")
    let others = [
      "assay-check-store-Locked/v1/x", "assay-check-store-ghijkl/v1/x",
      "assay-check-store-ghijkl/mine",
      "assay-check-store-longer7/v1/x", "assay-check-2026-11-27/v1/x",
      "assay-check-999999999-abcdef/v1/x",
    ]
    for path in others { try temporary.write("x", to: path) }
    let held = open(temporary.url("assay-check-store-Locked").path, O_RDONLY | O_CLOEXEC)
    try #require(held >= 0 && flock(held, LOCK_EX | LOCK_NB) == 0)
    let outcome = try Self.check(
      project, ["--quiet"], environment: ["TMPDIR": temporary.url.path])
    close(held)
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(outcome.output.contains("2 notebooks, 4 blocks: 4 identical"))
    #expect(try temporary.files().keys.sorted() == others.sorted())
    let unusable = try Self.check(
      project, ["--quiet"], environment: ["TMPDIR": temporary.url("missing").path])
    #expect(unusable.status == 0, "\(unusable.description)")
  }

  @Test func aStoreIsTrustedOnlyWhenAsked() throws {
    // A store whose result was replaced by that of another learning rate would fool `--trust-store`;
    // it is the fingerprints that keep both apart, so here the ledger lies and only a run tells.
    var clean = try #require(PublishedProject.clean)
    try clean.changeLedgerDigit(of: "table", key: "\"mean\": ", 0, 0)
    for arguments in [[], ["--trust-store"]] {
      #expect(try clean.checked(arguments)["table"] == "hand-edited")
    }
    #expect(try clean.checked(["--no-run"])["table"] == "hand-edited")
    try clean.seal("table")
    #expect(try clean.checked(["--no-run"]).status == 0)
    for arguments in [[], ["--trust-store"]] {
      #expect(try clean.checked(arguments)["table"] == "hand-edited")
    }
  }

  @Test func documentsOfAProfileAreCheckedWithIt() throws {
    let text = SampleNotebook.regression().replacingOnce(
      "epochs: 2", with: "epochs: 2\n  batch_size: 10\nprofiles: {smoke: {train: {epochs: 1}}}"
    ).replacingOnce("}}}\n  batch_size: 10", with: "}}}")
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render", "--quiet").status == 0)
    #expect(try Self.check(project, ["--no-run", "--profile", "smoke"]).status == 1)
    #expect(try project.assay("render", "--quiet", "--profile", "smoke").status == 0)
    #expect(try Self.check(project, ["--quiet", "--profile", "smoke"]).status == 0)
    #expect(try Self.check(project, ["--quiet"]).status == 0)
    // The ledger of one is not that of the other.
    for ending in ["md", "html", "ledger.json"] {
      try project.folder.write(
        project.folder.bytes("output/a.smoke.\(ending)"), to: "output/a.\(ending)")
    }
    let wrong = try Self.check(project, ["--quiet"])
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("rendered with other options"))
    let unknown = try Self.check(project, ["--profile", "smok"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("did you mean `smoke`"))
  }

  @Test func otherPlacesAndFormsAreCheckedAsTheyWereRendered() throws {
    let text = SampleNotebook.regression()
    let project = try TestProject(["notebooks/a.md": text, "notebooks/b.md": text])
    for options in [["-o", "docs"], ["--to", "md", "-o", "plain"], ["-P", "x=1", "-o", "other"]] {
      let isParameter = options.contains("-P")
      if isParameter {
        try project.folder.write(
          text.replacingOnce("seed: 3", with: "seed: 3\nparams: {x: 2}"), to: "notebooks/a.md")
      }
      let rendered = try Command.assay().run(
        ["render", "--quiet", "notebooks/a.md"] + options, in: project.folder.url)
      #expect(rendered.status == 0, "\(rendered.description)")
      let same = options.filter { $0 != "--to" && $0 != "md" }
      let outcome = try Self.check(project, ["--quiet", "notebooks/a.md"] + same)
      #expect(outcome.status == 0, "\(options): \(outcome.description)")
    }
    #expect(try project.assay("render", "--quiet", "--in-place", "notebooks/b.md").status == 0)
    #expect(try Self.check(project, ["--quiet", "--in-place", "notebooks/b.md"]).status == 0)
    try project.folder.write(
      project.folder.text("notebooks/b.md")
        .replacingOnce("<!-- /assay -->", with: "A remark.\n<!-- /assay -->"),
      to: "notebooks/b.md")
    let edited = try Self.check(project, ["--quiet", "--in-place", "notebooks/b.md"])
    #expect(edited.status == 1)
    #expect(edited.output.contains("accept with: assay render notebooks/b.md --in-place"))
  }

  @Test func theProposedCommandIsAcceptedAndMendsEverything() throws {
    var clean = try #require(PublishedProject.clean)
    clean.changeGeneratedDigit(3, 4)
    try clean.changeLedgerDigit(of: "table", key: "\"mean\": ", 1, 1)
    try clean.changeResult(of: "table")
    try clean.changeLedgerDigit(of: "rates[0.001]", key: "\"mean\": ", 1, 1)
    try clean.changeResult(of: "rates[0.001]")
    clean.notebook = clean.notebook.replacingOnce("Some prose", with: "Any prose")
    let project = try clean.written()
    let found = try CheckOutcome(of: Self.check(project, ["--quiet", "--format", "json"]))
    let command = try #require(found.notebooks.first?.accept)
    #expect(command.contains("--accept table") && command.contains("--accept rates"))
    let words = command.split(separator: " ").map(String.init)
    #expect(words.first == "assay")
    let render = try Command.assay().run(
      Array(words.dropFirst()) + ["--quiet"], in: project.folder.url)
    #expect(render.status == 0, "\(command): \(render.description)")
    let after = try Self.check(project, ["--quiet"])
    #expect(after.status == 0, "\(after.description)")
  }

  @Test func wrongUsageExitsWith64() throws {
    let project = try #require(PublishedProject.clean).written()
    for arguments in [
      ["--no-run", "--sample", "10%"], ["--no-run", "--trust-store"], ["--seed", "1"],
      ["--sample", "0%"], ["--sample", "110%"], ["--sample", "10"], ["--sample", "x"],
      ["--format", "xml"], ["--in-place", "-o", "x"], ["--output", ""],
    ] {
      #expect(try Self.check(project, arguments).status == 64, "\(arguments)")
    }
    #expect(try Self.check(project, ["notebooks/none.md"]).status == 4)
  }

  @Test func oneUnsoundNotebookDoesNotHideAnother() throws {
    var clean = try #require(PublishedProject.clean)
    clean.files["notebooks/bad.md"] = Data("```experiment x\nmodle: 1\n```\n".utf8)
    clean.markdown += "x"
    let project = try clean.written()
    let outcome = try Self.check(project, ["--quiet"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("notebooks/bad.md:2:1: error[experiment.unknown-key]"))
    #expect(outcome.output.contains("check.hand-edited"))
    #expect(outcome.output.contains("; 1 notebook not checked; 1 file not as published"))
  }
}
