extension PlotSpec {
  static let table = FieldTable(
    "plot", "series of several runs over one axis", defaults: PlotSpec(),
    alternatives: [["runs", "compare"]],
    fields: [
      Field(
        "runs", \.runs, .list(of: .blockName(of: [.train]), counts: 1...64, unique: true),
        "names of the `train` blocks to draw", default: "those of `compare`"),
      Field(
        "compare", \.compare, .optional(.blockName(of: [.compare]), none: false),
        "name of a `compare` block whose runs are drawn", default: "none"),
      Field(
        "series", \.series, .list(of: .seriesName, counts: 1...16, unique: true), "what to draw",
        aliases: ["y", "metrics"]),
      Field("x", \.x, .choice, "the horizontal axis"),
      Field(
        "log", \.log, .list(of: .choice, counts: 0...2, unique: true),
        "axes on a logarithmic scale", aliases: ["log_scale"]),
    ])
}
