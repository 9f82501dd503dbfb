extension DiagnosticGuide {
  /// What is found when the training of a BERT is planned.
  static let bertRules: [Rule] = [
    Rule(
      "plan.cycle", "blocks do not need each other in a circle",
      """
      A model may take its weights `from` a training, and a training names its model. Where that
      training needs the model in turn, neither can come first. The diagnostic says what each of
      the blocks needs.
      """,
      wrong: "model: {from: pretrain}   # of the block that `pretrain` trains",
      right: "model: {bert: {…}}"),
    Rule(
      "plan.derived-model", "weights are taken over from the training of a BERT",
      """
      `{from: NAME}` carries the tensors of a BERT to another training, where a new head may stand
      on them. Models of layers have no such parts.
      """),
    Rule(
      "plan.text-data", "a BERT and a tokenizer learn from texts, layers from numbers",
      """
      Texts come from `text:`, `jsonl:`, `csv:` with a `text_column`, or the collections that
      `synthetic:` writes (`zh_genres`, `en_genres`, `zh_topics`, `en_topics`, `zh_tags`, `en_tags`,
      `zh_pairs`, `en_pairs`). Every other data set has numbers.
      """,
      wrong: "data: {synthetic: glyphs}        # for a `bert` model",
      right: "data: {synthetic: zh_topics}"),
    Rule(
      "plan.bert-only", "some fields of a training are for a BERT",
      """
      `tokenizer`, `objective`, `freeze`, `gradual_unfreezing`, `layerwise_lr_decay`,
      `no_weight_decay`, `gradient_accumulation_steps` and `gradient_checkpointing` mean something
      for a BERT only; a `sequential` model does without them.
      """),
    Rule(
      "plan.vocabulary", "the model has an embedding for every token of the tokenizer",
      """
      A token beyond the model's `vocab_size` could not be looked up. Fewer tokens than embeddings
      are fine: the rest is not used.
      """,
      wrong: "tokenizer: {wordpiece: {vocab_size: 8192}}\nbert: {vocab_size: 4096}",
      right: "tokenizer: {wordpiece: {vocab_size: 4096}}\nbert: {vocab_size: 4096}"),
    Rule(
      "plan.sequence-length", "a sequence is no longer than the model has positions",
      """
      A BERT learns an embedding for every position up to `max_position_embeddings`; beyond them
      there is none. `max_seq_length` says where longer texts are cut.
      """,
      wrong: "max_seq_length: 256      # max_position_embeddings: 128", right: "max_seq_length: 128"
    ),
    Rule(
      "plan.segments", "pairs of texts need two kinds of segment",
      """
      The first text of a pair is of segment 0, the second of segment 1, and the model learns an
      embedding for each: `type_vocab_size: 2`, the default.
      """),
    Rule(
      "plan.next-sentence",
      "`next_sentence` has documents of several sentences, and several documents",
      """
      Half of the pairs are two neighbouring sentences of a document; in the other half the second
      comes from another document. So there are at least two documents in the training part, and
      documents have more than one sentence.

      Leave out `next_sentence`, or take documents that are longer.
      """,
      wrong: "data: {synthetic: zh_topics, max_sentences: 1}\nobjective: [next_sentence]",
      right: "objective: [masked_language_model]"),
    Rule(
      "plan.unlabelled", "fine-tuning has something to predict for each text",
      """
      A training without an `objective` learns the label or the number that goes with each text; the
      data has neither. Name its column, or give an `objective` to pre-train on the texts alone.
      """),
    Rule(
      "plan.head", "the head predicts what the data has",
      """
      A `classifier` predicts classes (a `label`), `regression` one number (a `target`). With
      `problem_type: single_label_classification` a classifier has one class a row, with
      `multi_label_classification` any of its labels, as lists of labels, `label_separator`,
      `label_columns`, `labels: folders` and the tags of `zh_tags` and `en_tags` give them. Left out,
      head and problem type are chosen to fit; a head that comes along with weights keeps its own.
      """,
      wrong: "head: regression         # the data set has a `label`", right: "head: classifier"),
    Rule(
      "plan.accumulation", "a batch is cut between grains only",
      """
      The gradients of a grain (`grain`, 8 sequences unless it is given) are one sum, and grains are
      joined by a fixed tree; so a batch that is computed in `gradient_accumulation_steps` parts has
      the bits of one computed at once, as long as every part is whole grains.
      """,
      wrong: "batch_size: 24\ngradient_accumulation_steps: 2",
      right: "batch_size: 32\ngradient_accumulation_steps: 2"),
    Rule(
      "plan.freeze", "what is frozen fits how the model is trained",
      """
      Pre-training trains every weight, so it takes neither `freeze` nor `gradual_unfreezing`. In
      fine-tuning they exclude each other: the first keeps weights as they are to the end, the second
      trains one more layer each epoch.
      """),
    Rule(
      "data.foreign-file", "a file of another tool is what it is read as",
      """
      A `vocab.txt` has a token a line, each once, with `[PAD]`, `[UNK]`, `[CLS]`, `[SEP]` and
      `[MASK]` among them; a list of words has a word of Chinese characters a line; a Hugging Face
      folder has a `config.json` of a BERT, weights as safetensors that fit it, and a vocabulary.
      The message says which rule is broken, and where.
      """),
    Rule(
      "data.json-lines", "a line of JSON Lines is one JSON object",
      """
      Each line that is not blank holds one object, with each member once. The text is a string.
      """,
      wrong: "[\"a text\", \"label\"]", right: "{\"text\": \"a text\", \"label\": \"a\"}"),
    Rule(
      "data.no-files", "a folder of texts holds files",
      """
      Every file in the folder and the folders in it is read; what begins with a dot is left out.
      """),
    Rule(
      "data.no-label-folder", "with `labels: folder` every file lies in a folder",
      """
      The name of the first folder below the path is the label of the texts in it. So the path is a
      folder, and no file lies in it directly.
      """),
    Rule(
      "data.not-a-label", "a label is a text, a whole number, `true` or `false`",
      """
      Objects, `null`, fractions and empty texts are no labels. A number to predict is a `target`. A
      list of labels, which may be empty, is a set of them: any number hold for a text.
      """),
    Rule(
      "data.mixed-labels", "labels are lists in the whole file, or nowhere",
      """
      A list says that any number of labels hold for a text, a label by itself that it has one class.
      A file has the one or the other; the first line says which.
      """,
      wrong: "{\"text\": \"a\", \"label\": [\"x\"]}\n{\"text\": \"b\", \"label\": \"x\"}",
      right: "{\"text\": \"a\", \"label\": [\"x\"]}\n{\"text\": \"b\", \"label\": [\"x\"]}"),
    Rule(
      "data.repeated-label", "a set of labels names each once",
      """
      A label holds or does not; that it stands twice is a slip, perhaps for another one.
      """,
      wrong: "{\"text\": \"a\", \"label\": [\"x\", \"x\"]}",
      right: "{\"text\": \"a\", \"label\": [\"x\"]}"),
    Rule(
      "data.not-a-flag", "a label's column has 0 and 1",
      """
      Each column under `label_columns` says of one label whether it holds: 1, or does not: 0.
      """),
    Rule(
      "data.no-labels", "some row has a label",
      """
      A row may have no label; where none has any there is nothing to learn. Look whether the field
      names the column that was meant.
      """),
    Rule(
      "run.bert", "a BERT fits the texts that it is trained on",
      """
      No sequence is longer than the model has positions, no token is beyond its vocabulary, pairs
      have two kinds of segment, and every objective has its head. The plan finds most of this
      before; the message says what is left.
      """),
    Rule(
      "run.pretraining", "texts give examples to pre-train on",
      """
      There is a document with a token; and for `next_sentence` there are two documents, one of them
      with two sentences.
      """),
    Rule(
      "run.tokenizer", "a vocabulary can be learned from the texts",
      """
      `vocab_size` has room for the special tokens and for every character of the alphabet, with and
      without `##`; `limit_alphabet` keeps the most frequent characters only.
      """,
      wrong: "wordpiece: {vocab_size: 50}", right: "wordpiece: {vocab_size: 4096}"),
  ]
}
