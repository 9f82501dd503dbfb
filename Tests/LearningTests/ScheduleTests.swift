import Learning
import Testing

@Suite struct ScheduleTests {
  private struct Cases: Decodable {
    struct Case: Decodable {
      let schedule: String
      let base_lr: Double
      let params: Parameters
      let lr: [Double]
    }
    struct Parameters: Decodable {
      let T_max, T_0, T_mult, step_size, total_iters, total_steps: Int?
      let num_warmup_steps, num_training_steps: Int?
      let milestones: [Int]?
      let eta_min, gamma, start_factor, end_factor, power, lr_end, num_cycles: Double?
      let max_lr, pct_start, div_factor, final_div_factor: Double?
      let anneal_strategy: String?
      let three_phase: Bool?
    }
    let cases: [Case]
  }

  @Test("every schedule gives PyTorch's and transformers' rates")
  func parity() throws {
    let fixture = try Fixture.load(Cases.self, "schedules.json")
    #expect(fixture.cases.count >= 14)
    for example in fixture.cases {
      let (schedule, total) = try #require(Self.schedule(example), "\(example.schedule)")
      let rates = example.lr.indices.map {
        schedule.rate(at: $0, total: total, base: example.base_lr)
      }
      expectClose(rates, example.lr, rtol: 1e-12, atol: 1e-15, example.schedule)
    }
  }

  private static func schedule(_ example: Cases.Case) -> (Schedule, total: Int)? {
    let p = example.params
    let minimum = p.eta_min ?? 0
    let warmup = Schedule.Warmup.duration(p.num_warmup_steps ?? 0)
    let total = p.num_training_steps ?? 100
    switch example.schedule {
    case "torch.CosineAnnealingLR":
      return (Schedule(.cosine(cycles: 0.5, minimum: minimum)), p.T_max ?? 0)
    case "torch.CosineAnnealingWarmRestarts":
      return (
        Schedule(.cosinePeriods(period: p.T_0 ?? 0, factor: p.T_mult ?? 0, minimum: minimum)), total
      )
    case "torch.StepLR":
      return (Schedule(.step(size: p.step_size ?? 0, gamma: p.gamma ?? 0)), total)
    case "torch.MultiStepLR":
      return (Schedule(.multiStep(milestones: p.milestones ?? [], gamma: p.gamma ?? 0)), total)
    case "torch.ExponentialLR": return (Schedule(.exponential(gamma: p.gamma ?? 0)), total)
    case "torch.LinearLR":
      let shape = ScheduleShape.ramp(
        start: p.start_factor ?? 0, end: p.end_factor ?? 0, duration: p.total_iters ?? 0)
      return (Schedule(shape), total)
    case "torch.PolynomialLR":
      return (Schedule(.polynomial(power: p.power ?? 0, end: 0)), p.total_iters ?? 0)
    case "torch.OneCycleLR":
      let cycle = OneCycle(
        maximum: p.max_lr ?? 0, riseShare: p.pct_start ?? 0, initialDivisor: p.div_factor ?? 0,
        finalDivisor: p.final_div_factor ?? 0,
        annealing: OneCycle.Annealing(rawValue: p.anneal_strategy ?? "") ?? .cosine,
        threePhase: p.three_phase ?? false)
      return (Schedule(.oneCycle(cycle)), p.total_steps ?? 0)
    case "hf.linear_with_warmup": return (Schedule(.linear, warmup: warmup), total)
    case "hf.cosine_with_warmup":
      let shape = ScheduleShape.cosine(cycles: p.num_cycles ?? 0, minimum: 0)
      return (Schedule(shape, warmup: warmup), total)
    case "hf.constant_with_warmup": return (Schedule(.constant, warmup: warmup), total)
    case "hf.polynomial_with_warmup":
      let shape = ScheduleShape.polynomial(power: p.power ?? 0, end: p.lr_end ?? 0)
      return (Schedule(shape, warmup: warmup), total)
    default: return nil
    }
  }

  private struct PlateauCases: Decodable {
    struct Case: Decodable {
      struct Options: Decodable {
        let mode, threshold_mode: String?
        let factor, threshold, min_lr: Double?
        let patience, cooldown: Int?
      }
      let options: Options
      let rates: [Double]
    }
    struct Group: Decodable {
      let base_lr: Double
      let values: [Double]
      let cases: [Case]
    }
    let plateau: Group
  }

  @Test("reduce_on_plateau lowers the rate when PyTorch's does")
  func plateau() throws {
    let group = try Fixture.load(PlateauCases.self, "optimizers.json").plateau
    for example in group.cases {
      let o = example.options
      let settings = Plateau(
        mode: Plateau.Mode(rawValue: o.mode ?? "min") ?? .min, factor: o.factor ?? 0.1,
        patience: o.patience ?? 10, threshold: o.threshold ?? 1e-4,
        thresholdMode: Plateau.ThresholdMode(rawValue: o.threshold_mode ?? "rel") ?? .relative,
        cooldown: o.cooldown ?? 0, minimum: o.min_lr ?? 0)
      var state = PlateauState(settings, rate: group.base_lr)
      let rates = group.values.map {
        state.observe($0)
        return state.rate
      }
      expectClose(rates, example.rates, rtol: 1e-12, atol: 1e-15, "\(o)")
    }
  }

  @Test("noam follows its paper's equation, and restarts begin at the base rate")
  func noamAndRestarts() {
    let noam = Schedule(.noam(modelWidth: 64, warmup: 100))
    expectClose(
      [0, 99, 399].map { noam.rate(at: $0, total: 1000, base: 2) },
      [2 / 8.0 / 1000, 2 / 8.0 / 10, 2 / 8.0 / 20], rtol: 1e-14, atol: 0, "noam")
    let restarts = Schedule(.cosineRestarts(cycles: 4, minimum: 0.25))
    #expect([0, 25, 50, 75].allSatisfy { restarts.rate(at: $0, total: 100, base: 1) == 1 })
    #expect(restarts.rate(at: 100, total: 100, base: 1) == 0.25)
  }

  @Test("no schedule traps or leaves the real numbers at odd times and totals")
  func totality() {
    let shapes: [ScheduleShape] = [
      .constant, .step(size: 0, gamma: 0.5), .multiStep(milestones: [], gamma: 0.5),
      .exponential(gamma: 0.9), .linear, .ramp(start: 0.1, end: 1, duration: 0),
      .polynomial(power: 0.5, end: 1e-7), .cosine(cycles: 0.5, minimum: 0),
      .cosineRestarts(cycles: .max, minimum: 0),
      .cosinePeriods(period: 0, factor: 0, minimum: 0),
      .cosinePeriods(period: 1, factor: .max, minimum: 0),
      .oneCycle(OneCycle(maximum: 1)), .oneCycle(OneCycle(maximum: 1, threePhase: true)),
      .noam(modelWidth: 0, warmup: 0), .reduceOnPlateau(Plateau()),
    ]
    for shape in shapes {
      for warmup in [Schedule.Warmup.none, .duration(3), .duration(.max), .ratio(0.5), .ratio(2)] {
        for total in [0, 1, 2, 7] {
          for t in [0, 1, 2, 6, 7, 8, 100] {
            let rate = Schedule(shape, warmup: warmup).rate(at: t, total: total, base: 0.1)
            #expect(rate.isFinite && rate >= 0, "\(shape) \(warmup) at \(t) of \(total): \(rate)")
          }
        }
      }
    }
  }
}
