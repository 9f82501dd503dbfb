package import Diagnostics
package import Notebooks

extension Plan {
  /// What is wrong with the inline values of a notebook, as far as it shows before anything runs.
  package func check(inlinesOf notebook: Notebook) -> [Diagnostic] {
    let seen = outlines.seen(from: nil)
    return notebook.inlines.flatMap { inline -> [Diagnostic] in
      guard case .value(let text) = inline.kind else { return [] }
      let (expression, diagnostics) = Expression.parse(text)
      return diagnostics + (expression?.check(against: seen) ?? [])
    }
  }
}
