import Diagnostics
import Execution
import Experiments
import Foundation
import Notebooks
import TestSupport
import Testing

/// A project of files in a folder of its own, whose notebooks are planned and run as `render` does.
struct NotebookProject {
  let folder: TemporaryFolder

  init(_ files: [String: String] = [:]) throws {
    folder = try TemporaryFolder("notebooks")
    try folder.write("", to: "assay.yaml")
    for (path, text) in files { try folder.write(text, to: path) }
  }

  /// A notebook that was planned.
  struct Planned {
    let plan: Plan
    let notebook: ExperimentNotebook
    let data: DatasetCatalog
    let diagnostics: [Diagnostic]

    /// Errors as a line each.
    var errors: [String] { diagnostics.filter(\.isError).map { "\($0.id): \($0.message)" } }

    func run(
      _ options: RunOptions = RunOptions(), progress: (RunProgress) -> Void = { _ in }
    ) throws -> Run {
      #expect(errors == [])
      let machine = try Machine.selected(instructionSet: nil, threads: 1).get()
      return Run(
        plan, notebook: notebook, data: data, machine: machine, options: options,
        progress: progress)
    }
  }

  /// - Parameter mappedFrom: bytes from which a data file is mapped; nil: as usual.
  func planned(_ text: String, mappedFrom: Int? = nil, limits: PlanLimits = PlanLimits()) -> Planned
  {
    let file = SourceFile(path: folder.url("a.md").path, text: text)
    let (parsed, parsing) = Notebook.parse(file)
    let (notebook, decoding) = ExperimentNotebook.decode(parsed)
    let root = ProjectRoot(containing: folder.url("assay.yaml").path)
    var data = DatasetCatalog(root: root, limits: limits, mappedFrom: mappedFrom ?? 64 << 20)
    let (plan, planning) = Plan.make(
      notebook: notebook, numericsVersion: Machine.numericsVersion, limits: limits,
      files: { data.facts(for: $0) }, facts: { data.facts(for: $0) })
    let checks = planning.hasErrors ? [] : plan.checkModels(of: notebook)
    return Planned(
      plan: plan, notebook: notebook, data: data,
      diagnostics: parsing + decoding + planning + checks)
  }

  /// Puts the time of a file's last change into the past, so that no clock is too coarse for the next.
  func age(_ path: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100)], ofItemAtPath: folder.url(path).path)
  }
}

extension Run {
  /// Every result as it is kept.
  var bytes: [String: String] { results.mapValues { $0.encoded() } }
}
