package import Experiments

/// One number or matrix of one repeat.
package struct Measurement: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case number(Double, Quantity)
    /// `[true][predicted]`, one label for each row.
    case counts([[Int]], labels: [String])
  }

  package let name: String
  package let key: String?
  package let value: Value

  package init(_ name: String, key: String? = nil, _ value: Double, _ quantity: Quantity) {
    self.name = name
    self.key = key
    self.value = .number(value, quantity)
  }

  package init(_ name: String, counts: [[Int]], labels: [String]) {
    self.name = name
    key = nil
    value = .counts(counts, labels: labels)
  }
}
