internal import Experiments
internal import Learning

extension TokenizerSettings {
  /// How text is cleaned before it is cut.
  init(_ spec: some TextNormalization) {
    self.init(
      doLowerCase: spec.doLowerCase, stripAccents: spec.stripAccents,
      tokenizeChineseChars: spec.tokenizeChineseChars)
  }
}

extension WordPieceTrainerSettings {
  /// What a vocabulary is to be.
  init(_ spec: WordPieceSpec) {
    self.init(
      vocabSize: spec.vocabSize, minFrequency: spec.minFrequency,
      limitAlphabet: spec.limitAlphabet, tokenizer: TokenizerSettings(spec))
  }
}
