internal import ArgumentParser
internal import Diagnostics
internal import Experiments
internal import Notebooks

/// What is written, where, and over what.
struct WritingOptions: ParsableArguments {
  @Option(
    name: [.customLong("to")],
    help: ArgumentHelp(
      "What to write: md, html, or both; default: both, in place md.", valueName: "md,html"))
  var askedFormats: OutputFormats?

  @OptionGroup var printing: PrintingOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Overwrite the region of this block though it was edited by hand or its value moved.",
      valueName: "name"))
  var accept: [String] = []

  func validate() throws {
    if printing.inPlace, askedFormats?.html == true {
      throw ValidationError(
        "--in-place writes no page, which --to asks for: leave --to out, or --in-place")
    }
  }

  var formats: OutputFormats {
    askedFormats ?? OutputFormats(markdown: true, html: !printing.inPlace)
  }

  /// Refuses a name after `--accept` that is no block of a notebook, nor of what is published of it.
  func checkAccepted(in jobs: [RenderJob]) throws {
    guard !jobs.isEmpty else { return }
    let names = jobs.flatMap { job in
      job.prepared.notebook.blocks.map(\.name)
        + job.prepared.experiments.experiments.filter { $0.origin == .used }.map(\.name)
    }
    let unknown = accept.filter { !names.contains($0) }
    if unknown.isEmpty { return }
    let published = Set(jobs.flatMap(\.publishedBlocks))
    for name in unknown where !published.contains(name) {
      let near = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
      throw ValidationError("no notebook has a block `\(name.escapingControlCharacters)`\(near)")
    }
  }
}

/// `md`, `html` or `md,html`.
struct OutputFormats: ExpressibleByArgument, Sendable {
  let markdown: Bool
  let html: Bool

  init(markdown: Bool, html: Bool) {
    self.markdown = markdown
    self.html = html
  }

  init?(argument: String) {
    var (markdown, html) = (false, false)
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch part {
      case "md": markdown = true
      case "html": html = true
      default: return nil
      }
    }
    self.init(markdown: markdown, html: html)
  }
}
