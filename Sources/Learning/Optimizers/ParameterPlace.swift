/// What a parameter is in its model, for rules that treat parameters differently.
package struct ParameterPlace: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Weights of products, and embeddings.
    case weight
    /// What is added after a product.
    case bias
    /// Scale or shift of a layer norm.
    case normalization
  }

  package let kind: Kind
  /// Counted from the bottom: 0 sees the input first, the highest level gives the outputs.
  package let level: Int

  package init(kind: Kind, level: Int) {
    self.kind = kind
    self.level = level
  }
}
