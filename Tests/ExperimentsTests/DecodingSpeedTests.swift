import Diagnostics
import Experiments
import Testing

/// Decoding is a small part of the 15 ms that `assay lint` may take.
struct DecodingSpeedTests {
  @Test func twentyBlocksDecodeInMilliseconds() {
    var text = "---\ntitle: Speed\nparams: {rate: 1e-3}\n---\n\n"
    for index in 0..<10 {
      text += "```experiment net\(index)\nmodel:\n  sequential:\n"
      text +=
        "    - linear: {out_features: 64}\n    - relu\n    - linear: {out_features: 3}\n```\n\n"
      text += "```experiment fit\(index)\ntrain:\n  model: net\(index)\n"
      text += "  data: {synthetic: glyphs, samples: 400}\n  optimizer: {adamw: {lr: $rate}}\n"
      text +=
        "  epochs: 3\nevaluate: {metrics: [accuracy, macro_f1]}\ncaption: 第 \(index) 次\n```\n\n"
    }
    let clock = ContinuousClock()
    var best = Duration.seconds(1)
    for _ in 0..<10 {
      let elapsed = clock.measure { #expect(decode(text).diagnostics.isEmpty) }
      best = min(best, elapsed)
    }
    print("20 blocks: \(best)")
    // Tests also run unoptimised and beside others; the figure that counts is measured on the command.
    #expect(best < .milliseconds(60))
  }
}
