/// The version of the numeric law (NUMERICS.md): raised whenever any bit of any result changes.
package let numericsVersion = 1

extension Float {
  /// Itself, or the one NaN that is written to results and files (rule 9).
  package var canonical: Float { isNaN ? Float(bitPattern: 0x7fc0_0000) : self }
}

extension Double {
  /// Itself, or the one NaN that is written to results and files (rule 9).
  package var canonical: Double { isNaN ? Double(bitPattern: 0x7ff8_0000_0000_0000) : self }
}
