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
    try clean.seal("rates")
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

  /// A tuned model needs the weights of another block, and not what was measured of them.
  @Test func aBlockOfWhichTheWeightsAloneAreNeededIsNotCompared() throws {
    let project = try TestProject(
      [
        "notebooks/a.md": """
        ```experiment texts
        dataset:
          synthetic: en_topics
          documents: 40
          split: {train: 0.5, validation: 0.25, test: 0.25}
        ```

        ```experiment pretrain
        train:
          model:
            bert: {vocab_size: 200, hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2,
                   intermediate_size: 32, max_position_embeddings: 48}
          data: texts
          objective: [masked_language_model]
          max_seq_length: 32
          epochs: 1
          batch_size: 8
        evaluate: {split: test, metrics: [mlm_accuracy]}
        ```

        ```experiment tuned
        train:
          model: {from: pretrain}
          data: texts
          max_seq_length: 32
          epochs: 1
          batch_size: 8
        evaluate: {split: test, metrics: [accuracy]}
        ```

        """
      ], name: "check")
    let rendered = try project.assay("render", "--quiet")
    #expect(rendered.status == 0, "\(rendered.description)")
    var chosen: Set<Set<String>> = []
    for seed in 0..<12 {
      let outcome = try project.assay(
        "check", "--quiet", "--format", "json", "--sample", "1%", "--seed", "\(seed)")
      let check = try CheckOutcome(of: outcome)
      #expect(outcome.status == 0, "seed \(seed): \(check.conspicuous)")
      chosen.insert(Set(check.notebooks[0].blocks.filter(\.recomputed).map(\.name)))
    }
    // Drawn alone, the tuned block is compared without the one that its weights are of.
    #expect(chosen.contains(["texts", "tuned"]), "\(chosen)")
    #expect(chosen.contains(["texts", "pretrain"]), "\(chosen)")
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

  /// `own` is recomputed because `fit` needs it; its claim speaks of a block that is not.
  @Test func aBlockThatIsOnlyNeededIsNotBlamedForItsClaims() throws {
    let text = """
      ```experiment own
      dataset: {synthetic: friedman1, samples: 40}
      expect:
        - rows <= other.rows
      ```

      ```experiment other
      dataset: {synthetic: friedman1, samples: 50}
      ```

      ```experiment fit
      train:
        model: {sequential: [linear: {out_features: 1}]}
        data: own
        epochs: 1
        batch_size: 10
      ```

      """
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render", "--quiet").status == 0)
    for seed in 0..<12 {
      let outcome = try project.assay("check", "--quiet", "--sample", "10%", "--seed", "\(seed)")
      #expect(outcome.status == 0, "\(outcome.description)")
    }
  }

  @Test func notebooksOfTheSameNameAreCountedEachForItself() throws {
    let text = SampleNotebook.regression()
    let project = try TestProject([
      "one/assay.yaml": "", "one/notebooks/a.md": text, "two/assay.yaml": "",
      "two/notebooks/a.md": text,
    ])
    let folders = ["one/notebooks", "two/notebooks"]
    #expect(try project.assay(["render", "--quiet"] + folders).status == 0)
    for (share, said) in [("100%", "4 of 4 blocks"), ("50%", "2 of 4 blocks")] {
      let outcome = try project.assay(
        ["check", "--quiet", "--sample", share, "--seed", "1"] + folders)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("recomputed \(said)"), "\(outcome.description)")
    }
  }
}
