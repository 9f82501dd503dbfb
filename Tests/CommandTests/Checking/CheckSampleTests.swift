import Foundation
import TestSupport
import Testing

/// `assay check --sample`: what is chosen, by what, and what that proves.
@Suite struct CheckSampleTests {
  @Test func theStatementNamesTheProbability() throws {
    let project = try #require(PublishedProject.clean).written()
    let outcome = try project.assay("check", "--quiet", "--sample", "30%", "--seed", "seven")
    // Eight blocks compute something: all but the model, and two variants.
    #expect(outcome.status == 0, "\(outcome.description)")
    #expect(
      outcome.output.contains(
        "recomputed 3 of 8 blocks, chosen at random (seed seven), with everything they need: a "
          + "single wrong block would have been found with probability 3/8 = 37.5 %"),
      "\(outcome.output)")
  }

  @Test func aWrongBlockIsFoundAsOftenAsSaid() throws {
    var clean = try #require(PublishedProject.clean)
    // Nothing needs a comparison, so only being chosen finds it.
    try clean.changeLedgerDigit(of: "rates", key: "\"mean\": ", 0, 0)
    let project = try clean.written()
    var found = 0
    let rounds = 80
    for round in 0..<rounds {
      let outcome = try project.assay(
        "check", "--quiet", "--format", "json", "--sample", "50%", "--seed", "\(round)")
      let check = try CheckOutcome(of: outcome)
      #expect(check.sample?.blocks == 4 && check.sample?.of == 8)
      let rates = check.notebooks[0].blocks.first { $0.name == "rates" }
      // The plot of the comparison needs its variants, and not the comparison.
      #expect(outcome.status == (rates?.recomputed == true ? 1 : 0))
      if outcome.status == 1 { found += 1 }
    }
    // A half of 80: 40, give or take 4.5; five of them is never seen by chance.
    #expect((18...62).contains(found), "\(found) of \(rounds)")
  }

  @Test func whatABlockNeedsIsRecomputedWithIt() throws {
    let project = try #require(PublishedProject.clean).written()
    for seed in 0..<12 {
      let check = try CheckOutcome(
        of: project.assay(
          "check", "--quiet", "--format", "json", "--sample", "1%", "--seed", "\(seed)"))
      #expect(check.sample?.blocks == 1)
      let recomputed = Set(check.notebooks[0].blocks.filter(\.recomputed).map(\.name))
      #expect(!recomputed.isEmpty)
      if recomputed.contains("sort") { #expect(recomputed.contains("table")) }
      if recomputed.contains("fit") { #expect(recomputed.contains("friedman")) }
      if recomputed.contains("curves") {
        #expect(recomputed.isSuperset(of: ["rates[0.001]", "rates[0.02]", "friedman"]))
      }
    }
  }

  @Test func theCommitSeedsTheChoice() throws {
    let clean = try #require(PublishedProject.clean)
    let commit = "0123456789abcdef0123456789abcdef01234567"
    let other = "fedcba98765432100123456789abcdef01234567"
    let layouts: [(String, [String: String], String)] = [
      ("detached", [".git/HEAD": "\(commit)\n"], commit),
      (
        "loose",
        [".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "\(commit)\n"], commit
      ),
      (
        "packed",
        [
          ".git/HEAD": "ref: refs/heads/main\n",
          ".git/packed-refs": "# pack-refs\n\(other) refs/heads/a\n\(commit) refs/heads/main\n",
        ], commit
      ),
      (
        "linked",
        [
          ".git": "gitdir: trees/one\n", "trees/one/HEAD": "ref: refs/heads/main\n",
          "trees/one/commondir": "../../common\n", "common/refs/heads/main": "\(commit)\n",
        ], commit
      ),
      ("unborn", [".git/HEAD": "ref: refs/heads/main\n"], ""),
      ("no repository", [:], ""),
    ]
    for (name, files, expected) in layouts {
      var project = clean
      for (path, text) in files { project.files[path] = Data(text.utf8) }
      let sample = try project.checked(["--sample", "40%"]).sample
      if expected.isEmpty {
        #expect(sample?.seed.hasSuffix(", the ledgers") == true, "\(name): \(sample?.seed ?? "")")
      } else {
        #expect(sample?.seed == "\(expected.prefix(12)), the commit", "\(name)")
      }
    }
  }

  @Test func claimsOfBlocksThatWereNotChosenAreThoseOfTheLedger() throws {
    // `fit` claims something of `sort`; chosen as what `rates` needs, it is not judged.
    let clean = try #require(PublishedProject.clean)
    for seed in 0..<10 {
      #expect(try clean.checked(["--sample", "20%", "--seed", "\(seed)"]).status == 0)
    }
  }
}
