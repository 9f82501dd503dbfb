import Digests
import Experiments
import Testing

struct FingerprintTests {
  private typealias Fixture = PlanFixture

  private func fingerprints(
    _ experiments: [Experiment], numerics: Int = 1, facts: DatasetFacts? = nil
  ) -> [String: Fingerprint] {
    let (plan, _) = Fixture.plan(Fixture.notebook(experiments), numerics: numerics, facts: facts)
    return Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.id.description, $0.fingerprint) })
  }

  private static let mutations: [(String, @Sendable (inout TrainSpec) -> Void)] = [
    ("loss", { $0.loss = .hinge(HingeSpec()) }),
    (
      "label smoothing",
      {
        var loss = CrossEntropySpec()
        loss.labelSmoothing = 0.1
        $0.loss = .crossEntropy(loss)
      }
    ),
    ("optimizer", { $0.optimizer = .sgd(SGDSpec()) }),
    ("adam", { $0.optimizer = .adam(AdamSpec(weightDecay: 0.01)) }),
    (
      "lr",
      {
        var adam = AdamSpec(weightDecay: 0.01)
        adam.lr = 2e-3
        $0.optimizer = .adamw(adam)
      }
    ),
    ("schedule", { $0.schedule = .linear(LinearScheduleSpec()) }),
    ("epochs", { $0.epochs = 4 }), ("steps", { $0.steps = 57 }),
    ("batch size", { $0.batchSize = 64 }), ("grain", { $0.grain = 128 }),
    ("shuffle", { $0.shuffle = false }), ("max norm", { $0.maxGradNorm = 1 }),
    ("max value", { $0.maxGradValue = 1 }),
    ("early stopping", { $0.earlyStopping = EarlyStoppingSpec() }),
  ]

  @Test func everyFieldOfATrainingChangesItsFingerprint() {
    let base = fingerprints(Fixture.experiments())
    var seen: [Fingerprint: String] = [:]
    for (name, mutate) in Self.mutations {
      let changed = fingerprints(Fixture.experiments(mutate))
      #expect(changed["digits"] == base["digits"], "\(name)")
      for step in ["fit.train#0", "fit.evaluate#0", "fit"] {
        #expect(changed[step] != nil && changed[step] != base[step], "\(name) at \(step)")
      }
      if let fingerprint = changed["fit.train#0"] {
        #expect(seen.updateValue(name, forKey: fingerprint) == nil, "\(name)")
      }
    }
  }

  @Test func seedRepeatVersionAndDataChangeIt() {
    let base = fingerprints(Fixture.experiments())
    #expect(fingerprints(Fixture.experiments(), numerics: 2)["digits"] != base["digits"])
    var seeded = Fixture.experiments()
    seeded[2] = Fixture.experiment("fit", seeded[2].spec, seed: 8)
    #expect(fingerprints(seeded)["digits"] == base["digits"])
    #expect(fingerprints(seeded)["fit.train#0"] != base["fit.train#0"])
    let digest = { (text: String) in
      DatasetFacts(
        digest: SHA256Digest(of: text), featureCount: 784,
        target: .classes((0..<10).map(String.init)),
        rows: PartRows(train: 600, validation: 200, test: 200))
    }
    let (one, two) = (
      fingerprints(Fixture.experiments(), facts: digest("1")),
      fingerprints(Fixture.experiments(), facts: digest("2"))
    )
    #expect(one["fit"] != two["fit"])
    let more = fingerprints(Fixture.experiments(data: Fixture.glyphs(samples: 1001)))
    #expect(more["fit.train#0"] != base["fit.train#0"])
  }

  @Test func oneMoreMetricOnlyEvaluates() {
    let base = fingerprints(Fixture.experiments(metrics: [.accuracy]))
    let more = fingerprints(Fixture.experiments(metrics: [.accuracy, .macroF1]))
    #expect(more["fit.train#0"] == base["fit.train#0"])
    #expect(more["fit.evaluate#0"] != base["fit.evaluate#0"])
    #expect(more["fit"] != base["fit"])
  }

  @Test func oneMoreRepeatTrainsOnce() {
    let base = fingerprints(Fixture.experiments(repeats: 2))
    let more = fingerprints(Fixture.experiments(repeats: 3))
    for step in ["digits", "fit.train#0", "fit.evaluate#0", "fit.train#1", "fit.evaluate#1"] {
      #expect(more[step] == base[step])
    }
    #expect(more["fit"] != base["fit"])
    #expect(more.count == base.count + 2)
    #expect(Set(more.values).count == more.count)
  }

  @Test func whatIsInferredIsTheSameAsWhatIsWritten() {
    let base = fingerprints(Fixture.experiments())
    let sizes = [Fixture.linear(32, inputs: 784), .relu, Fixture.linear(10, inputs: 32)]
    #expect(fingerprints(Fixture.experiments(layers: sizes)) == base)
    let explicit = fingerprints(
      Fixture.experiments {
        $0.loss = .crossEntropy(CrossEntropySpec())
        $0.epochs = 3
      })
    #expect(explicit == base)
  }

  @Test func componentInPlaceIsTheSameAsByName() {
    let base = fingerprints(Fixture.experiments())
    let inPlace = fingerprints(
      Fixture.experiments {
        $0.model = .inline(Fixture.model([Fixture.linear(32), .relu, Fixture.linear(10)]))
        $0.data = .inline(Fixture.glyphs())
      })
    #expect(inPlace["fit.data"] == base["digits"])
    #expect(inPlace["fit.train#0"] == base["fit.train#0"])
    #expect(inPlace["fit"] == base["fit"])
  }

  @Test func namesOfBlocksEnterNothing() {
    let base = fingerprints(Fixture.experiments())
    let renamed = [
      Fixture.experiment("数据", .dataset(Fixture.glyphs())),
      Fixture.experiment(
        "m", .model(Fixture.model([Fixture.linear(32), .relu, Fixture.linear(10)]))),
      Fixture.experiment(
        "z",
        .train(
          Fixture.train(model: "m", data: "数据"), evaluate: Fixture.evaluate([.accuracy])),
        expect: ["test.accuracy > 0"]),
    ]
    let other = fingerprints(renamed)
    #expect(other["数据"] == base["digits"])
    #expect(other["z.train#0"] == base["fit.train#0"])
    #expect(other["z"] == base["fit"])
  }

  @Test func pathOfAFileIsNotItsContent() {
    func csv(_ path: String) -> DatasetSpec {
      var spec = CSVDatasetSpec()
      spec.csv = path
      spec.label = "species"
      return .csv(spec)
    }
    let facts = Fixture.classes(["a", "b", "c"])
    let layers = [Fixture.linear(3)]
    let one = fingerprints(Fixture.experiments(layers: layers, data: csv("a.csv")), facts: facts)
    let two = fingerprints(Fixture.experiments(layers: layers, data: csv("b.csv")), facts: facts)
    #expect(one == two)
    #expect(one.count == 4)
  }

  @Test func hexadecimalTextIsChecked() {
    #expect(Fingerprint(hexadecimal: String(repeating: "0a", count: 32)) != nil)
    #expect(Fingerprint(hexadecimal: String(repeating: "0A", count: 32)) == nil)
    #expect(Fingerprint(hexadecimal: "0a") == nil)
  }
}
