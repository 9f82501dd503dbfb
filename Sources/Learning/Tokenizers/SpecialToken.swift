/// The tokens that BERT sets beside the words; a vocabulary has all five.
package enum SpecialToken: String, CaseIterable, Sendable {
  /// Fills sequences up. Assay computes without padding; files of others have it.
  case pad = "[PAD]"
  /// Stands for a word that no tokens spell.
  case unknown = "[UNK]"
  /// Begins every sequence; its last hidden state is what a classifier reads.
  case classification = "[CLS]"
  /// Ends every text of a sequence.
  case separator = "[SEP]"
  /// Hides a token that masked language modelling asks for.
  case mask = "[MASK]"
}
