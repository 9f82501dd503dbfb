/// What `assay.yaml` says for every notebook below it.
package struct ProjectSettings: Sendable, Hashable {
  package var limits = PlanLimits()

  package init() {}
}
