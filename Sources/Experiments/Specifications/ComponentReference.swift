/// A component by the name of its block, or written in place where it is used.
///
/// Names are whole: a block of a used notebook is `alias/name` here, whatever its own notebook
/// calls it.
package enum ComponentReference<Component: Sendable>: Sendable {
  case named(String)
  case inline(Component)

  /// The name, for a component that has one.
  package var name: String? {
    guard case .named(let name) = self else { return nil }
    return name
  }
}

extension ComponentReference: Equatable where Component: Equatable {}
extension ComponentReference: Hashable where Component: Hashable {}
