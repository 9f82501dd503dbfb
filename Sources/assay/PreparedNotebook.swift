internal import Diagnostics
internal import Execution
internal import Experiments
internal import Notebooks
internal import Reports

/// A notebook on its way to a run: read, parsed, decoded, planned.
struct PreparedNotebook {
  /// Path as given on the command line.
  let path: String
  let root: ProjectRoot
  let notebook: Notebook
  let experiments: ExperimentNotebook
  let plan: Plan
  let data: DatasetCatalog
  let diagnostics: [Diagnostic]
  /// What the plan was checked against: of `assay.yaml` and the command line.
  let limits: PlanLimits

  /// The profile that the notebook wants when it is not the one asked for; it is left out then.
  let otherProfile: String?

  /// Takes a notebook through every stage that comes before running.
  ///
  /// A stage is entered only when those before it found no error, so that nobody reads about
  /// consequences of a problem that is named already.
  ///
  /// - Parameter memory: what is remembered of data files that have not changed is believed, and with
  ///   `readWrite` kept up to date; nil: every file is read.
  init(path: String, settings options: SettingOptions, memory: Store.Access? = .readOnly) {
    let root = ProjectRoot(containing: path)
    self.path = path
    self.root = root
    let reader = NotebookReader(root: root)
    let (file, problem) = reader.file(at: path)
    let (notebook, parsing) = Notebook.parse(file)
    let (experiments, decoding) = ExperimentNotebook.decode(
      notebook,
      parameters: options.parameters.map { ParameterOverride(name: $0.name, text: $0.value) },
      profile: options.profile, load: reader.load)
    let (settings, configuring) = reader.settings
    let limits = options.limits.applied(to: settings.limits)
    var diagnostics = [problem].compactMap(\.self)
    diagnostics += configuring + parsing + decoding
    // What is wrong with references does not depend on the blocks being right.
    diagnostics += CrossReferences(notebook: notebook).check()
    var data = DatasetCatalog(
      root: root,
      memory: memory.map {
        DataFileMemory(Store(directory: Store.directory(of: root), access: $0))
      }, limits: limits)
    let (plan, planning) = Plan.make(
      notebook: experiments, numericsVersion: Machine.numericsVersion, limits: limits,
      files: { data.facts(for: $0) }, facts: { data.facts(for: $0) })
    if !diagnostics.hasErrors {
      diagnostics += planning + plan.check(inlinesOf: notebook)
      diagnostics += plan.checkModels(of: experiments) + plan.check(tolerancesOf: experiments)
    }
    let wanted = experiments.settings.profile
    otherProfile = wanted == options.profile ? nil : wanted
    self.notebook = notebook
    self.experiments = experiments
    self.plan = plan
    self.data = data
    self.diagnostics = diagnostics
    self.limits = limits
  }

  /// How the command must end for what was found so far.
  var status: ExitStatus {
    let errors = diagnostics.filter(\.isError)
    if errors.isEmpty { return .fine }
    return errors.allSatisfy { $0.id.hasPrefix("limit.") } ? .limitReached : .invalidInput
  }
}
