internal import Experiments
internal import Learning

extension SyntheticCorpus {
  /// The engine's grammar for a specification.
  init(_ spec: WrittenDatasetSpec) {
    let collection: Collection =
      switch spec.collection.form {
      case .genres: .genres
      case .topics: .topics
      case .tags: .tags
      case .pairs: .pairs
      }
    self.init(collection, spec.collection.isChinese ? .chinese : .english)
    documents = spec.documents
    genres = GenreWeights(
      news: spec.genres.news, encyclopedia: spec.genres.encyclopedia, fiction: spec.genres.fiction)
    (minSentences, maxSentences) = (spec.minSentences, spec.maxSentences)
    (minLabels, maxLabels) = (spec.minLabels, spec.maxLabels)
    labels = spec.labels == .genre ? .genre : .topic
    (noise, duplication, labelNoise) = (spec.noise, spec.duplication, spec.labelNoise)
  }
}
