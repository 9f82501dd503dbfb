import Foundation
import TestSupport
import Testing

/// A render that is killed leaves whole documents: the old ones or the new.
@Suite struct InterruptionTests {
  @Test func aKilledRenderLeavesNoHalfWrittenDocument() throws {
    let old = SampleNotebook.regression()
    let new =
      SampleNotebook.regression(lr: "0.02")
      + (0..<60).map { "\n```experiment copy\($0)\nlike: fit\nseed: \($0)\n```\n" }.joined()
    let project = try TestProject(["notebooks/a.md": new])
    #expect(try project.assay("render").status == 0)
    // With the store on disk, as the renders that are killed find it.
    let watch = Stopwatch()
    #expect(try project.assay("render", "--force").status == 0)
    let duration = watch.seconds
    let after = try project.outputs()
    try project.folder.write(old, to: "notebooks/a.md")
    #expect(try project.assay("render").status == 0)
    let before = try project.outputs()

    var killed = 0
    let attempts = 24
    for attempt in 0..<attempts {
      for (name, bytes) in before { try project.folder.write(bytes, to: "output/" + name) }
      try project.folder.write(new, to: "notebooks/a.md")
      let delay = duration * (0.3 + 0.8 * Double(attempt) / Double(attempts))
      let outcome = try project.assay("render", "--force", killedAfter: delay)
      if outcome.status == 128 + SIGKILL { killed += 1 }
      let found = try project.outputs()
      for name in before.keys {
        #expect(
          found[name] == before[name] || found[name] == after[name],
          "\(name) is neither the old nor the new one after \(delay) s")
      }
    }
    #expect(killed > 0, "no render was killed in time")
    #expect(try project.assay("render").status == 0)
    #expect(differences(after, try project.outputs()) == [], "nothing is left beside them")
  }

  /// What a check computes to compare it must not be left behind.
  @Test(arguments: [(signal: "INT", status: 130), (signal: "TERM", status: 128 + SIGTERM)])
  func anInterruptedCheckTakesItsStoreAway(_ ending: (signal: String, status: Int32)) throws {
    let text = SampleNotebook.regression()
    let project = try TestProject(["notebooks/a.md": text, "notebooks/b.md": text])
    #expect(try project.assay("render", "--quiet").status == 0)
    for path in ["notebooks/a.md", "notebooks/b.md"] {
      try project.folder.write(
        text.replacingOccurrences(of: "epochs: 2", with: "epochs: 1000000"), to: path)
    }
    try project.folder.write("", to: "tmp/a")
    func check(endedBy signal: String) throws -> Command.Outcome {
      // Ended once the store is there.
      let script = """
        trap : INT
        TMPDIR="$PWD/tmp" "$0" check --quiet & process=$!
        for try in $(seq 200); do ls tmp/assay-check-*/v1/new >/dev/null 2>&1 && break; sleep 0.05; done
        kill -\(signal) $process
        wait $process
        """
      return try Command(path: "/bin/sh").run(
        ["-c", script, try Command.assay().path], in: project.folder.url)
    }
    let outcome = try check(endedBy: ending.signal)
    #expect(outcome.status == ending.status, "\(outcome.description)")
    #expect(try project.folder.files(below: "tmp").keys.sorted() == ["a"])
    let left = try FileManager.default.contentsOfDirectory(atPath: project.folder.url("tmp").path)
    #expect(left == ["a"])
  }

  @Test func anInterruptedRenderExits130() throws {
    let text = SampleNotebook.regression()
      .replacingOccurrences(of: "epochs: 2", with: "epochs: 1000000")
    let project = try TestProject(["notebooks/a.md": text])
    let shell = Command(path: "/bin/sh")
    let outcome = try shell.run(
      [
        "-c", "trap : INT; timeout --preserve-status -s INT 0.5 \"$0\" render",
        try Command.assay().path,
      ], in: project.folder.url)
    #expect(outcome.status == 130, "\(outcome.description)")
    #expect(try project.outputs().isEmpty)
  }
}
