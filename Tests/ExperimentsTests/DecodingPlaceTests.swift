import Diagnostics
import Experiments
import Testing

/// Every field of an experiment knows where it is written.
struct DecodingPlaceTests {
  private static let text = """
    ```experiment 网络
    model:
      sequential:
        - linear: {out_features: 16}
        - relu
        - linear: {out_features: 3}
    ```

    ```experiment 训练
    train: {model: 网络, data: {synthetic: glyphs}, optimizer: {adamw: {lr: 1e-2}}}
    expect:
      - test.accuracy >= 0.9
      - 'test.loss <= 1'
      - "a\\tb"
    ```

    ```experiment 比较
    compare: {base: 训练, over: {train.model.init: [zeros]}}
    ```
    """

  private func place(_ name: String, _ path: String) -> String {
    let notebook = decode(Self.text).notebook
    return notebook[name].map { "\($0.range(of: path)) \($0.range(of: path).text)" } ?? "none"
  }

  @Test func fieldsAreFoundByPath() {
    #expect(place("网络", "model.sequential[2].linear.out_features") == "notebook.md:6:30 3")
    #expect(place("网络", "model.sequential[1]") == "notebook.md:5:7 relu")
    #expect(place("训练", "train.optimizer.lr") == "notebook.md:10:71 1e-2")
    #expect(place("训练", "train.model") == "notebook.md:10:16 网络")
  }

  @Test func aFieldThatIsNotWrittenGivesWhatIsAroundIt() {
    #expect(place("训练", "train.optimizer.adamw.betas").hasPrefix("notebook.md:10:"))
    #expect(place("训练", "evaluate").hasSuffix("训练"))
  }

  @Test func variantsPointIntoTheBlocksTheyAreMadeOf() {
    #expect(place("比较[zeros]", "train.model.sequential[0].linear.out_features").hasSuffix(" 16"))
    #expect(place("比较[zeros]", "train.model.init").hasSuffix(" zeros"))
  }

  @Test func expectationsAreVerbatimWhereTheirBytesAreTheNotebooks() {
    let claims = decode(Self.text).notebook["训练"]?.expectations ?? []
    #expect(claims.map(\.isVerbatim) == [true, true, false])
    for claim in claims where claim.isVerbatim { #expect(claim.range.text == claim.text) }
  }
}
