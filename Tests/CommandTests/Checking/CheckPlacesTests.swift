import Foundation
import TestSupport
import Testing

/// Which documents belong to which notebook, and what mends it where they do not fit.
@Suite struct CheckPlacesTests {
  private static let text = SampleNotebook.regression()
  private static let withProfile = text.replacingOnce(
    "caption:", with: "profiles: {smoke: {train: {epochs: 1}}}\ncaption:")

  private func project(_ files: [String: String]) throws -> TestProject {
    let project = try TestProject(files)
    #expect(try project.assay("render", "--quiet").status == 0)
    return project
  }

  /// Runs the command that a check prints behind "accept with".
  private func follow(_ check: Command.Outcome, in project: TestProject) throws {
    let words = try #require(
      check.output.firstMatch(of: /accept with: (.*)\n/), "\(check.description)"
    ).1.split(separator: " ").map(String.init)
    if words[0] == "assay" {
      #expect(try project.assay(Array(words.dropFirst())).status == 0)
    } else {
      #expect(words[0] == "rm")
      for path in words.dropFirst() {
        try FileManager.default.removeItem(at: project.folder.url(path))
      }
    }
  }

  @Test func aDocumentThatTheLedgerDoesNotListIsMendedByTheCommand() throws {
    let project = try project(["notebooks/a.md": Self.text])
    #expect(try project.assay("render", "--to", "md").status == 0)
    for mode in [["--no-run"], []] {
      #expect(try project.assay(["check", "--quiet"] + mode).status == 1)
    }
    try follow(try project.assay("check", "--no-run"), in: project)
    #expect(try project.assay("check", "--no-run").status == 0)
  }

  @Test func documentsWhoseNotebookIsGoneAreNamed() throws {
    let project = try project([
      "notebooks/a.md": Self.text, "notebooks/sub/b.md": Self.text, "notebooks/c.md": Self.text,
    ])
    for name in ["sub/b.md", "c.md"] {
      try FileManager.default.removeItem(at: project.folder.url("notebooks/" + name))
    }
    for mode in [["--no-run"], [], ["--sample", "100%"]] {
      let outcome = try project.assay(["check", "--quiet"] + mode)
      #expect(outcome.status == 1, "\(outcome.description)")
      for name in ["sub/b", "c"] {
        #expect(outcome.output.contains("`output/\(name).md` holds the prose and the blocks, too"))
        #expect(
          outcome.output.contains("output/\(name).ledger.json:1:1: error[check.gone]"),
          "\(outcome.description)")
      }
    }
    // A check of one notebook speaks of nothing else.
    #expect(try project.assay("check", "--no-run", "notebooks/a.md").status == 0)
    let below = try project.assay("check", "--no-run", "notebooks/sub")
    #expect(!below.output.contains("output/c."), "\(below.description)")
    for _ in 0..<2 { try follow(try project.assay("check", "--no-run"), in: project) }
    #expect(try project.assay("check", "--no-run").status == 0)
    #expect(try project.outputs().keys.sorted() == ["a.html", "a.ledger.json", "a.md"])
  }

  @Test func documentsOfAProfileHaveTheirNotebook() throws {
    let project = try project(["notebooks/a.md": Self.withProfile])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    #expect(try project.assay("check", "--no-run").status == 0)
    let other = try project.assay("check", "output", "--no-run")
    #expect(other.status == 0, "\(other.description)")
    #expect(
      other.errors.contains("output/a.smoke.md: left out; it is checked with --profile smoke"))
    #expect(other.output.contains("1 notebook, 2 blocks"), "\(other.description)")
    let own = try project.assay("check", "output/a.smoke.md", "--no-run", "--profile", "smoke")
    #expect(own.status == 0 && own.output.contains("1 notebook"), "\(own.description)")
  }

  @Test func theCommandForANotebookThatDoesNotKnowTheProfileIsNotRefused() throws {
    let project = try project(["notebooks/a.md": Self.withProfile, "notebooks/b.md": Self.text])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    try FileManager.default.removeItem(at: project.folder.url("output/b.smoke.html"))
    let check = try project.assay("check", "--no-run", "--profile", "smoke")
    #expect(check.status == 1, "\(check.description)")
    try follow(check, in: project)
    #expect(try project.assay("check", "--no-run", "--profile", "smoke").status == 0)
  }

  @Test func parametersThatDifferHaveFilesThatDiffer() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text.replacingOnce("seed: 3", with: "seed: 3\nparams: {x: 2}")
    ])
    let long = String(repeating: "a", count: 70)
    let values = ["a/b", "a b", "a_b", long + "1", long + "2", "0.5"]
    for value in values {
      #expect(try project.assay("render", "--quiet", "-P", "x=\(value)").status == 0)
      #expect(try project.assay("check", "--no-run", "-P", "x=\(value)").status == 0)
    }
    #expect(try project.outputs().count == 3 * values.count)
    let names = try project.outputs().keys
    #expect(names.contains("a.x-0.5.md") && names.contains("a.x-a_b.md"))
  }

  @Test func aParameterThatOneNotebookLacksIsMissedThere() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text.replacingOnce("seed: 3", with: "seed: 3\nparams: {x: 2}"),
      "notebooks/b.md": Self.text,
    ])
    let outcome = try project.assay("render", "-P", "x=1")
    #expect(outcome.status == 4)
    #expect(
      outcome.errors.contains("notebooks/b.md:1:1: error[experiment.unknown-parameter]"),
      "\(outcome.description)")
    #expect(!outcome.errors.contains("notebooks/a.md:"), "\(outcome.description)")
  }

  @Test func whatIsRenderedInPlaceHasItsLedgerBesideIt() throws {
    let project = try project(["notebooks/a.md": Self.text])
    let before = try project.outputs()
    #expect(try project.assay("render", "--in-place").status == 0)
    #expect(try project.outputs(in: "notebooks").keys.sorted() == ["a.ledger.json", "a.md"])
    #expect(differences(before, try project.outputs()) == [])
    #expect(try project.assay("check", "--in-place", "--quiet").status == 0)
    #expect(try project.assay("check", "--quiet").status == 0)
    try project.folder.write(
      try project.folder.bytes("notebooks/a.ledger.json"), to: "notebooks/b.ledger.json")
    #expect(try project.assay("check", "--no-run").status == 0)
    try project.folder.write(
      try project.folder.text("notebooks/b.ledger.json").replacingOnce(
        "\"notebook\": \"a.md\"", with: "\"notebook\": \"b.md\""),
      to: "notebooks/b.ledger.json")
    try follow(try project.assay("check", "--no-run"), in: project)
    #expect(!project.folder.exists("notebooks/b.ledger.json"))
    // Without other documents the plan knows the ledger beside the notebook.
    try FileManager.default.removeItem(at: project.folder.url("output"))
    try project.folder.write(
      try project.folder.text("notebooks/a.md").replacingOnce("lr: 0.01", with: "lr: 0.02"),
      to: "notebooks/a.md")
    let plan = try project.assay("plan")
    #expect(plan.output.contains("optimizer.sgd.lr 0.01 → 0.02"), "\(plan.description)")
  }

  @Test func documentsThatMayBelongToOthersAreNotCalledOrphans() throws {
    let project = try TestProject([
      "one/assay.yaml": "", "one/notebooks/a.md": Self.text, "two/assay.yaml": "",
      "two/notebooks/b.md": Self.text,
    ])
    #expect(try project.assay("render", "one/notebooks", "two/notebooks", "-o", "docs").status == 0)
    let shared = try project.assay("check", "one/notebooks", "-o", "docs", "--no-run")
    #expect(shared.status == 0, "\(shared.description)")
    // A notebook may have another ending where it is named.
    try project.folder.write(Self.text, to: "one/notebooks/c.markdown")
    #expect(try project.assay("render", "one/notebooks", "one/notebooks/c.markdown").status == 0)
    let named = try project.assay("check", "one/notebooks", "--no-run")
    #expect(named.status == 0, "\(named.description)")
  }

  @Test func documentsAloneAreNotebooks() throws {
    let project = try project(["notebooks/a.md": Self.withProfile])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    try FileManager.default.removeItem(at: project.folder.url("notebooks"))
    for options in [[], ["--profile", "smoke"]] {
      let outcome = try project.assay(["check", "output", "--no-run"] + options)
      #expect(outcome.status == 0, "\(outcome.description)")
      #expect(outcome.output.hasPrefix("1 notebook, 2 blocks"), "\(outcome.description)")
    }
  }

  @Test func onlyFilesBesideAnOrphanedLedgerAreToBeRemoved() throws {
    let project = try project(["notebooks/a.md": Self.text, "notebooks/b.md": Self.text])
    try FileManager.default.removeItem(at: project.folder.url("notebooks/b.md"))
    try project.folder.write(
      try project.folder.text("output/b.ledger.json")
        .replacingOnce("\"name\": \"b.md\"", with: "\"name\": \"../notebooks/a.md\""),
      to: "output/b.ledger.json")
    let outcome = try project.assay("check", "--no-run")
    #expect(
      outcome.output.contains(
        "accept with: rm output/b.md output/b.html output/b.ledger.json\n"),
      "\(outcome.description)")
    try project.folder.write("{", to: "output/b.ledger.json")
    let damaged = try project.assay("check", "--no-run")
    #expect(damaged.status == 1 && !damaged.output.contains("rm "), "\(damaged.description)")
  }

  @Test func theCommandKeepsTheLimits() throws {
    let project = try project(["notebooks/a.md": Self.text])
    try project.folder.write("limits: {flop: 1}\n", to: "assay.yaml")
    try project.folder.write(
      Self.text.replacingOnce("The end", with: "The End"), to: "notebooks/a.md")
    try follow(
      try project.assay("check", "--no-run", "--limit", "flop=1e12"), in: project)
    #expect(try project.assay("check", "--no-run", "--limit", "flop=1e12").status == 0)
  }

  @Test func aNotebookThatIsRenderedInPlaceMayBeRenderedWithAProfileElsewhere() throws {
    let project = try TestProject(["notebooks/a.md": Self.withProfile])
    #expect(try project.assay("render", "--in-place").status == 0)
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    #expect(try project.assay("check", "--profile", "smoke").status == 0)
    #expect(try project.assay("render", "--in-place", "--profile", "smoke").status == 4)
    let check = try project.assay("check", "--in-place", "--profile", "smoke", "--no-run")
    #expect(check.status == 1 && !check.output.contains("accept with"), "\(check.description)")
    #expect(try project.assay("check", "--in-place", "--no-run").status == 0)
  }

  @Test func noDocumentIsWrittenOverAnotherNotebooks() throws {
    let project = try project([
      "notebooks/a.md": Self.withProfile, "notebooks/a.smoke.md": Self.text,
    ])
    let before = try project.outputs()
    let outcome = try project.assay("render", "notebooks/a.md", "--profile", "smoke")
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.errors.contains("error[output.other-rendering]"), "\(outcome.description)")
    #expect(differences(before, try project.outputs()) == [])
    // By the ledger alone nothing is left out.
    try project.folder.write(
      try project.folder.text("output/a.ledger.json").replacingOnce(
        "\"numerics\": 1",
        with: "\"numerics\": 1,\n  \"options\": {\n    \"profile\": \"x\"\n  }"),
      to: "output/a.ledger.json")
    for path in ["output/a.md", "notebooks/a.md"] {
      let forged = try project.assay("check", "--no-run", path)
      #expect(forged.status == 1, "\(forged.description)")
      #expect(forged.output.contains("with other options"), "\(forged.description)")
    }
  }

  @Test func aPageIsCalledTheSameWhetherTheNotebookOrItsDocumentIsRendered() throws {
    let text = Self.withProfile.replacingOnce("title: A small notebook\n", with: "")
    let project = try project(["notebooks/a.md": text])
    #expect(try project.assay("render", "--profile", "smoke").status == 0)
    let before = try project.outputs()
    #expect(try project.assay("render", "output/a.smoke.md", "--profile", "smoke").status == 0)
    #expect(differences(before, try project.outputs()) == [])
    for path in ["notebooks/a.md", "output/a.smoke.md"] {
      #expect(try project.assay("check", "--quiet", path, "--profile", "smoke").status == 0)
    }
  }

  /// Without `assay.yaml` the folder of the notebooks is the project, and holds its documents.
  @Test func documentsAreNoNotebooksUnlessTheyAreNamed() throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    try FileManager.default.removeItem(at: project.folder.url("assay.yaml"))
    for _ in 0..<2 { #expect(try project.assay("render").status == 0) }
    let paths = try project.outputs(in: "notebooks").keys.filter { !$0.hasPrefix(".") }.sorted()
    #expect(paths == ["a.md", "output/a.html", "output/a.ledger.json", "output/a.md"])
    #expect(try project.assay("check").output.hasPrefix("1 notebook"))
  }

  @Test(arguments: [["--no-run"], ["--sample", "50%"], []])
  func theTextOfAPageThatIsPublishedAloneIsKnown(_ mode: [String]) throws {
    let project = try TestProject(["notebooks/a.md": Self.text])
    #expect(try project.assay("render", "--to", "html").status == 0)
    #expect(try project.assay(["check", "--quiet"] + mode).status == 0)
    try project.folder.write(
      Self.text.replacingOnce("The end", with: "The End"), to: "notebooks/a.md")
    let outcome = try project.assay(["check", "--quiet"] + mode)
    #expect(outcome.status == 1, "\(outcome.description)")
    #expect(outcome.output.contains("error[check.stale]"), "\(outcome.description)")
    #expect(!outcome.output.contains("drifted"), "\(outcome.description)")
    try follow(outcome, in: project)
    #expect(try project.assay(["check", "--quiet"] + mode).status == 0)
  }

  @Test func aWholeSampleComparesThePageToo() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text
        + "```experiment net\nmodel: {sequential: [linear: {out_features: 1}]}\n```\n"
    ])
    #expect(try project.assay("render").status == 0)
    let builtIn = try String(
      contentsOf: TestProject.repository.appendingPathComponent("templates/page.html"),
      encoding: .utf8)
    try project.folder.write(
      builtIn.replacingOnce("<body>", with: "<body><p>other</p>"), to: "other/page.html")
    for mode in [["--sample", "100%"], []] {
      let outcome = try project.assay(["check", "--quiet", "--templates", "other"] + mode)
      #expect(outcome.status == 1, "\(outcome.description)")
    }
  }

  @Test func parametersInAnyOrderAreTheSameDocument() throws {
    let project = try TestProject([
      "notebooks/a.md": Self.text.replacingOnce(
        "seed: 3", with: "seed: 3\nparams: {x: 2, y: 3}")
    ])
    #expect(try project.assay("render", "-P", "y=1", "-P", "x=1").status == 0)
    let before = try project.outputs()
    #expect(before.keys.contains("a.x-1.y-1.md"))
    for path in ["notebooks/a.md", "output/a.x-1.y-1.md"] {
      #expect(try project.assay("render", path, "-P", "x=1", "-P", "y=1").status == 0)
      #expect(try project.assay("check", "--no-run", path, "-P", "y=1", "-P", "x=1").status == 0)
    }
    #expect(differences(before, try project.outputs()) == [])
    let other = try project.assay("check", "output", "--no-run")
    #expect(other.errors.contains("it is checked with -P x=1 -P y=1"), "\(other.description)")
  }

  /// Every folder is a project of its own, with documents in it; so is the one after `-o`.
  @Test func documentsOfProjectsWithinAreNoNotebooksEither() throws {
    let project = try TestProject([
      "one/a.md": Self.text, "two/assay.yaml": "", "two/b.md": Self.text,
    ])
    for marker in ["assay.yaml", ""] {
      if marker.isEmpty { try FileManager.default.removeItem(at: project.folder.url("assay.yaml")) }
      for options in [[], ["-o", "docs"]] {
        for _ in 0..<2 {
          let render = try project.assay(["render", "."] + options)
          #expect(render.status == 0, "\(render.description)")
        }
        let check = try project.assay(["check", ".", "--no-run"] + options)
        #expect(check.status == 0, "\(check.description)")
        #expect(check.output.hasPrefix("2 notebooks"), "\(check.description)")
        if !options.isEmpty {
          try FileManager.default.removeItem(at: project.folder.url("docs"))
        }
      }
    }
  }
}
