extension DiagnosticGuide {
  /// The form of blocks and of the front matter, before any field is looked at.
  static let yamlRules: [Rule] = [
    Rule(
      "yaml.alias", "a block has no YAML aliases",
      """
      An alias (`*name`) repeats a value from elsewhere in the YAML. Blocks refer to each other by
      name instead, so that a reader finds what is meant and a small text cannot grow large.

      Refer to a block by its name, or copy one with `like: NAME`. To begin a text with `*`, put the
      text in quotes.
      """,
      wrong: "model: *encoder", right: "model: encoder"),
    Rule(
      "yaml.anchor", "a block has no YAML anchors",
      """
      An anchor (`&name`) marks a value that aliases repeat, and there are no aliases.

      Give the component a block of its own and refer to it by name. To begin a text with `&`, put
      the text in quotes.
      """,
      wrong: "model: &mlp {sequential: [relu]}",
      right: "```experiment mlp\nmodel: {sequential: [relu]}\n```"),
    Rule(
      "yaml.colon", "a text that holds a colon and a space stands in quotes",
      """
      YAML takes `: ` for the end of a key, so the line would be a mapping inside a mapping. Quotes
      make it one text.

      For a mapping that is really meant, begin a new line, or write `{key: value}`.
      """,
      wrong: "caption: Step two: the loss", right: "caption: \"Step two: the loss\""),
    Rule(
      "yaml.comment", "a title or caption with ` #` in it stands in quotes",
      """
      A `#` after a space begins a comment. What follows would silently be missing from the text,
      which is rarely meant; so this is a warning.

      Put the whole text in quotes to keep the `#`.
      """,
      wrong: "caption: Trial #3 of five", right: "caption: \"Trial #3 of five\""),
    Rule(
      "yaml.control-character", "a block holds no control characters",
      """
      Control characters cannot be seen, and editors, terminals and YAML readers treat them
      differently. The diagnostic names the character and its place.

      Delete it. In double quotes an escape such as `\\t` stands for one.
      """),
    Rule(
      "yaml.directive", "a block has no YAML directives",
      """
      A line that begins with `%` is a YAML directive. It would change how the rest is read, and
      every block is read alike.

      Delete the line. To begin a text with `%`, put the text in quotes.
      """),
    Rule(
      "yaml.document", "a block is one YAML document",
      """
      `---` and `...` begin and end documents in a YAML stream. A block declares one thing, so a
      second document would be lost.

      Delete the line, or write a second block.
      """),
    Rule(
      "yaml.duplicate-key", "a key stands once in a mapping",
      """
      Of two values for one key only one could be used, and which one differs between YAML readers.
      The diagnostic shows both places.

      Delete or rename one of them.
      """,
      wrong: "train: {epochs: 5, epochs: 10}", right: "train: {epochs: 10}"),
    Rule(
      "yaml.full-width", "YAML is written with ASCII punctuation",
      """
      Full-width punctuation such as `：`, `，` and `｛` looks like YAML's own and means nothing to
      it: the line would be read as one plain text.

      Type the ASCII character that is suggested. In a text that is meant to hold full-width
      punctuation where YAML would look for its own, put the whole text in quotes.
      """,
      wrong: "epochs：5", right: "epochs: 5"),
    Rule(
      "yaml.indentation", "lines are indented with spaces",
      """
      Indentation is the structure of YAML. A tab, a full-width space or a no-break space has no
      width that all readers agree on.

      Replace it by spaces; two for each level are customary.
      """),
    Rule(
      "yaml.key", "a key is a plain word before a colon",
      """
      YAML would also allow lists and mappings as keys. No field has such a name.

      Write `key: value`. A `?` at the beginning of a line, and brackets before a colon, make such
      a key.
      """,
      wrong: "{epochs}: 5", right: "epochs: 5"),
    Rule(
      "yaml.mapping", "a block, and the front matter, is a mapping of keys to values",
      """
      Everything that a block declares has a name: its kind first, then the fields. A bare text or
      a list says no kind.
      """,
      wrong: "- train", right: "train: {model: mlp, data: digits}"),
    Rule(
      "yaml.merge-key", "a block has no merge key `<<`",
      """
      The merge key copies a mapping from an alias, and there are no aliases.

      `like: NAME` copies the block NAME and merges what follows into it.
      """,
      wrong: "<<: *baseline", right: "like: baseline"),
    Rule(
      "yaml.missing-space", "a key's colon is followed by a space",
      """
      Without the space, `key:value` is one plain text for YAML and the key would be missing.
      """,
      wrong: "epochs:5", right: "epochs: 5"),
    Rule(
      "yaml.space", "keys and values are set apart by plain spaces",
      """
      A full-width space (U+3000) or a no-break space looks like a space and belongs to the text
      for YAML. Input methods and copied web pages often leave one.

      Replace it by a plain space. Inside quotes it is kept.
      """),
    Rule(
      "yaml.syntax", "the text of a block is YAML",
      """
      The message says which rule of YAML the line breaks. The usual ones: a line of a mapping is
      `key: value`; the lines of one mapping, and the items of one list, begin in the same column;
      items in brackets are set apart by commas; a text that begins with one of the characters
      ``@ ` % & * ! | > [ ] { } , " '`` stands in quotes; in double quotes a backslash begins an
      escape.
      """,
      wrong: "train:\n  epochs: 5\n   batch_size: 64",
      right: "train:\n  epochs: 5\n  batch_size: 64"),
    Rule(
      "yaml.tag", "a block has no YAML tags",
      """
      A tag such as `!!int` would force a type on a value. Here the field decides how its text is
      read, the same way everywhere.

      Delete the tag. To begin a text with `!`, put the text in quotes.
      """,
      wrong: "epochs: !!int 5", right: "epochs: 5"),
    Rule(
      "yaml.too-deep", "a block nests at most 32 levels deep",
      """
      No field needs more than a few levels; the limit keeps a foreign notebook from exhausting
      the reader. Look for a bracket too many, or give a component a block of its own.
      """),
    Rule(
      "yaml.too-large", "a block has at most 1,000,000 bytes, and a mapping 1000 keys",
      """
      The limits keep a foreign notebook from exhausting the reader. Data belong into a file that a
      `dataset` block names.
      """),
    Rule(
      "yaml.unclosed", "brackets and quotes are closed, in the order in which they were opened",
      """
      A bracket or quotation mark that stays open takes in all that follows. The diagnostic shows
      where it was opened, or the closing bracket that does not fit. A full-width `”` does not close
      an ASCII quotation mark.
      """,
      wrong: "layers: [relu, {dropout: {p: 0.1}]", right: "layers: [relu, {dropout: {p: 0.1}}]"),
  ]
}
