import Diagnostics
import Digests
import Execution
import Experiments
import Foundation
import Notebooks
import Testing

/// Something whose results have a version: a field table, or a kind of step.
struct VersionedComponent: Hashable, Comparable {
  /// The family or group that it belongs to, and its name: `loss/huber`, `step/train`.
  let name: String
  let version: Int

  var owner: String { String(name.prefix { $0 != "/" }) }

  static func < (left: Self, right: Self) -> Bool {
    (left.name, left.version) < (right.name, right.version)
  }

  /// Every table that a block can lead to, and every kind of step.
  static let all: [VersionedComponent] = {
    let kinds = Step.Kind.allCases.map {
      VersionedComponent(name: "step/\($0.rawValue)", version: $0.version)
    }
    let tables = VersionedTables().tables
    return (kinds + tables.map { VersionedComponent(name: $0.name, version: $0.table.version) })
      .sorted()
  }()
}

/// The field tables below the kinds of block, with the name of their owner.
struct VersionedTables {
  private(set) var tables: [(name: String, table: TableDescription)] = []

  init() {
    for kind in ExperimentKind.allCases {
      visit(BlockFields.shape(of: kind), owner: kind.rawValue)
    }
  }

  private mutating func visit(_ shape: ValueShape, owner: String) {
    switch shape {
    case .group(let table): visit(table, owner: owner)
    case .component(let family):
      for table in family.alternatives { visit(table, owner: family.name) }
    case .variants(let variants):
      for alternative in variants.alternatives {
        visit(alternative.table, owner: variants.name)
      }
    case .reference(_, let inline?): visit(inline, owner: owner)
    case .list(let item, _), .either(_, let item), .dictionary(let item), .optional(let item):
      visit(item, owner: owner)
    default: break
    }
  }

  private mutating func visit(_ table: TableDescription, owner: String) {
    let name = "\(owner)/\(table.name)"
    guard !tables.contains(where: { $0.name == name }) else { return }
    tables.append((name, table))
    for field in table.fields { visit(field.shape, owner: field.name) }
  }
}

/// A notebook of `Tests/Fixtures/components`: tiny experiments on the components of one owner.
///
/// Block `NAME-VARIANT` exercises the component NAME; blocks whose name begins with `base` serve
/// the others.
struct ComponentExperiments {
  let owner: String
  let experiments: ExperimentNotebook
  let plan: Plan
  private let catalog: DatasetCatalog

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/components")

  /// One for each owner of a versioned component.
  static func all() throws -> [ComponentExperiments] {
    try Set(VersionedComponent.all.map(\.owner)).sorted().map { try ComponentExperiments($0) }
  }

  init(_ owner: String) throws {
    let place = Self.folder.appendingPathComponent("\(owner).md")
    let file = SourceFile(
      path: "Tests/Fixtures/components/\(owner).md",
      text: try String(contentsOf: place, encoding: .utf8))
    let (notebook, parsing) = Notebook.parse(file)
    let (experiments, decoding) = ExperimentNotebook.decode(notebook)
    var catalog = DatasetCatalog(root: ProjectRoot(containing: place.path))
    let (plan, planning) = Plan.make(
      notebook: experiments, numericsVersion: Machine.numericsVersion,
      files: { catalog.facts(for: $0) }, facts: { catalog.facts(for: $0) })
    let problems = (parsing + decoding + planning).filter(\.isError)
    #expect(problems.map { "\($0.range.map(\.description) ?? ""): \($0.message)" } == [])
    self.owner = owner
    self.experiments = experiments
    self.plan = plan
    self.catalog = catalog
  }

  /// The component that a block exercises; nil for one that serves others.
  func component(of block: String) -> String? {
    let name = block.prefix { $0 != "-" }
    return name == "base" ? nil : "\(owner)/\(name)"
  }

  /// The digest of the result of every block that exercises a component.
  func digests() throws -> [ComponentDigest] {
    let machine = try Machine.selected(instructionSet: nil, threads: 1).get()
    let run = Run(plan, notebook: experiments, data: catalog, machine: machine)
    #expect(run.failures.map(\.message) == [])
    return try experiments.experiments.compactMap { experiment in
      guard experiment.origin == .block, let name = component(of: experiment.name) else {
        return nil
      }
      let component = try #require(
        VersionedComponent.all.first { $0.name == name },
        "\(owner).md has experiments on `\(name)`, which does not exist")
      let step = try #require(plan.resultStep(of: experiment.name))
      let result = try #require(run.results[experiment.name])
      return ComponentDigest(
        component: component, block: experiment.name, fingerprint: step.fingerprint.prefix(),
        result: result.digest.hexadecimal)
    }
  }
}
