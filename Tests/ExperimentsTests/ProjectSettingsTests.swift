import Diagnostics
import Experiments
import Testing

/// `assay.yaml` and `--limit`.
struct ProjectSettingsTests {
  private func decode(_ text: String) -> (settings: ProjectSettings, problems: [String]) {
    let (settings, diagnostics) = ProjectSettings.decode(
      SourceFile(path: "assay.yaml", text: text))
    let problems = diagnostics.map { diagnostic in
      let place = diagnostic.range.map(\.description) ?? "nowhere"
      let meant = diagnostic.suggestion.map { " (\($0))" } ?? ""
      return "\(place): \(diagnostic.id)\(meant)"
    }
    return (settings, problems)
  }

  private func limits(
    _ change: (inout PlanLimits) -> Void
  ) -> PlanLimits {
    var limits = PlanLimits()
    change(&limits)
    return limits
  }

  @Test(arguments: [
    "", "\n\n", "# nothing\n", "---\n", "# a root\n---\n# nothing\n", "\u{FEFF}# nothing\n",
    "\r\n# nothing\r\n", "limits: {}\n",
  ])
  func aFileWithoutSettingsGivesTheDefaults(_ text: String) {
    let (settings, problems) = decode(text)
    #expect(problems == [])
    #expect(settings == ProjectSettings())
  }

  @Test func everyLimitIsRead() {
    let expected = limits {
      $0.seconds = 600
      $0.bytes = 8_000_000_000
      $0.rows = 20_000_000
      $0.parameters = 1_000_000_000
      $0.flop = 20_000_000_000_000_000
      $0.steps = 50_000
    }
    let block = """
      # What this machine can bear.
      limits:
        time: 10m
        memory: 8GB
        rows: 20_000_000
        parameters: 1e9
        flop: 2e16
        steps: 50000

      """
    let flow =
      "limits: {time: 600s, memory: 8000MB, rows: 2e7, parameters: 1_000_000_000, flop: 20e15, steps: 5e4}"
    for text in [
      block, "---\n" + block, "\u{FEFF}" + block, block.replacingLineFeeds, flow,
    ] {
      let (settings, problems) = decode(text)
      #expect(problems == [], "\(text)")
      #expect(settings.limits == expected, "\(text)")
    }
  }

  @Test(arguments: [
    ("90s", 90.0), ("10m", 600), ("2h", 7200), ("1.5h", 5400), ("250ms", 0.25), ("90 s", 90),
    ("\"2h\"", 7200), ("1e2s", 100), ("none", nil),
  ])
  func durations(_ text: String, _ seconds: Double?) {
    let (settings, problems) = decode("limits: {time: \(text)}\n")
    #expect(problems == [])
    #expect(settings.limits.seconds == seconds)
  }

  @Test(arguments: [
    ("500MB", 500_000_000), ("4GB", 4_000_000_000), ("2GiB", 2_147_483_648),
    ("1.5GiB", 1_610_612_736), ("0.1TB", 100_000_000_000), ("1TiB", 1_099_511_627_776),
    ("4 GB", 4_000_000_000), ("2_000_000kB", 2_000_000_000), ("1048576B", 1_048_576),
    ("1024KiB", 1_048_576), ("1.1GB", 1_100_000_000),
  ])
  func sizes(_ text: String, _ bytes: Int) {
    let (settings, problems) = decode("limits: {memory: \(text)}\n")
    #expect(problems == [])
    #expect(settings.limits.bytes == bytes)
    // What is printed reads back as the same.
    #expect(decode("limits: {memory: \(bytes.byteCountText)}").settings.limits.bytes == bytes)
  }

  @Test(arguments: [
    ("limits: {memory: 4gb}", "1:18: experiment.wrong-type (4GB)"),
    ("limits: {memory: 4G}", "1:18: experiment.wrong-type (4GB)"),
    ("limits: {memory: 2gib}", "1:18: experiment.wrong-type (2GiB)"),
    ("limits: {memory: 4000000000}", "1:18: experiment.wrong-type"),
    ("limits: {memory: GB}", "1:18: experiment.wrong-type"),
    ("limits: {memory: 4PB4}", "1:18: experiment.wrong-type"),
    ("limits: {memory: none}", "1:18: experiment.wrong-type"),
    ("limits: {memory: [4GB]}", "1:18: experiment.wrong-type"),
    ("limits: {memory: 1kB}", "1:18: experiment.out-of-range"),
    ("limits: {memory: -4GB}", "1:18: experiment.out-of-range"),
    ("limits: {memory: 1e300GB}", "1:18: experiment.out-of-range"),
    ("limits: {memory: }", "1:10: experiment.wrong-type"),
    ("limits:\n  time: 10min", "2:9: experiment.wrong-type (10m)"),
    ("limits:\n  time: 2 hours", "2:9: experiment.wrong-type (2h)"),
    ("limits:\n  time: 90", "2:9: experiment.wrong-type"),
    ("limits:\n  time: 1h30m", "2:9: experiment.wrong-type"),
    ("limits:\n  time: 0s", "2:9: experiment.out-of-range"),
    ("limits:\n  time: 1e9h", "2:9: experiment.out-of-range"),
    ("limits:\n  rows: many", "2:9: experiment.wrong-type"),
    ("limits:\n  rows: 1.5", "2:9: experiment.wrong-type"),
    ("limits:\n  rows: 0", "2:9: experiment.out-of-range"),
    ("limits:\n  rows: 1e19", "2:9: experiment.out-of-range"),
    ("limits:\n  rows: 1e400", "2:9: experiment.out-of-range"),
    ("limits:\n  rows: 99999999999999999999", "2:9: experiment.out-of-range"),
    ("limits:\n  flop: 10%", "2:9: experiment.wrong-type"),
    ("limits:\n  memry: 4GB", "2:3: experiment.unknown-key (memory)"),
    ("limits:\n  seconds: 4s", "2:3: experiment.unknown-key (time)"),
    ("limits:\n  rows: 5\n  rows: 6", "3:3: yaml.duplicate-key"),
    ("limit: {rows: 5}", "1:1: experiment.unknown-key (limits)"),
    ("numerics: 2", "1:1: experiment.unknown-key"),
    ("limits: 4GB", "1:9: experiment.wrong-type"),
    ("limits:", "1:1: experiment.wrong-type"),
    ("- limits", "1:1: experiment.wrong-type"),
    ("nonsense", "1:1: experiment.wrong-type"),
    ("limits: *all", "1:9: yaml.alias"),
  ])
  func whatIsNotUnderstoodIsReportedAtItsPlace(_ text: String, _ problem: String) {
    #expect(decode(text + "\n").problems == ["assay.yaml:" + problem])
  }

  @Test func allProblemsAreReportedAtOnce() {
    let (_, problems) = decode("limits: {rows: x, memry: 4gb}\nother: 1\n")
    #expect(
      problems == [
        "assay.yaml:1:16: experiment.wrong-type",
        "assay.yaml:1:19: experiment.unknown-key (memory)",
        "assay.yaml:1:26: experiment.wrong-type (4GB)",
        "assay.yaml:2:1: experiment.unknown-key",
      ])
  }

  // MARK: The command line

  @Test func anArgumentSetsOneLimitAndLeavesTheOthers() {
    var found = limits { $0.rows = 5 }
    #expect(found.set("memory=2GiB") == nil)
    #expect(found.set("time=90s") == nil)
    #expect(found.set("flop=1e18") == nil)
    let expected = limits {
      $0.rows = 5
      $0.bytes = 2_147_483_648
      $0.seconds = 90
      $0.flop = 1_000_000_000_000_000_000
    }
    #expect(found == expected)
    #expect(found.set("time=none") == nil)
    #expect(found.seconds == nil)
  }

  @Test(arguments: [
    ("memory", nil), ("=4GB", nil), ("", nil), ("memory=", nil), ("memory=4", nil),
    ("memory=4gb", "4GB"), ("memry=4GB", "memory"), ("params=5", "parameters"),
    ("timeout=5s", "time"), ("rows=0", nil), ("rows=1e30", nil), ("nothing=1", nil),
    ("limits.rows=5", nil), ("rows=5=5", nil),
  ])
  func anArgumentThatIsNotUnderstoodChangesNothing(_ argument: String, _ meant: String?) {
    var found = limits { $0.rows = 5 }
    let problem = found.set(argument)
    #expect(problem != nil)
    #expect(problem?.suggestion == meant)
    #expect(found == limits { $0.rows = 5 })
  }

  @Test func noTextTrapsTheReaders() {
    var random = SplitMix(state: 4)
    let pieces = [
      "limits", ":", " ", "\n", "{", "}", "memory", "4", "GB", "time", "=", "-", "1e308", ".", "%",
      "h", "\u{FEFF}", "---", "#", "é", "\u{0}", "[", "]", ",", "\r", "999999999999", "ms", "\"",
    ]
    for _ in 0..<3000 {
      let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
      _ = decode(text)
      _ = decode("limits: {memory: \(text)}")
      _ = decode("limits: {time: \(text)}")
      var found = PlanLimits()
      _ = found.set(text)
      _ = found.set("time=" + text)
      _ = found.set("memory=" + text)
      if let seconds = found.seconds {
        #expect(seconds > 0 && seconds <= 36_000_000, "\(text)")
      }
      #expect(found.bytes >= 1_000_000, "\(text)")
    }
  }

  @Test func everyNumberOfSecondsHasAText() {
    #expect(90.0.durationText == "90s")
    #expect(600.0.durationText == "10m")
    #expect(0.25.durationText == "250ms")
    #expect(7200.0.durationText == "2h")
    for odd in [-1.0, 0, .nan, .infinity, -.infinity, 1e300] { #expect(!odd.durationText.isEmpty) }
  }

  @Test func theReferenceShowsLimitsWithDefaults() {
    let text = Reference.text(about: "limits") ?? ""
    for line in [
      "  time: a duration such as 90s, 10m or 2h; default none\n", "; default 4GB\n",
      "; default 10000000\n", "; default 200000000\n", "; default 1e15\n", "; default 10000\n",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(Reference.text(about: "limits.memory")?.contains("what may run") == true)
    #expect(Reference.text(about: "assay.yaml")?.contains("limits: ") == true)
  }
}

extension String {
  fileprivate var replacingLineFeeds: String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
  }
}
