import CKernels
import Digests
import Tensors
import Testing

/// The float functions on a fixed sample; all floats are tested by `make verify-functions`.
@Suite struct FloatFunctionTests {
  struct Function: Sendable, CustomStringConvertible {
    let name: String
    let float: @Sendable (Float) -> Float
    let double: @Sendable (Double) -> Double
    /// First digits of SHA-256 over the results of the sample.
    let digest: String
    var description: String { name }

    static let all = [
      Function(
        name: "exp", float: FloatMath.exp, double: DoubleMath.exp, digest: "7469e1879e0c258f"),
      Function(
        name: "expm1", float: FloatMath.expm1, double: DoubleMath.expm1, digest: "d3146b425bc73967"),
      Function(
        name: "log", float: FloatMath.log, double: DoubleMath.log, digest: "14004af024463ce9"),
      Function(
        name: "log1p", float: FloatMath.log1p, double: DoubleMath.log1p, digest: "d08d08464b8fd510"),
      Function(
        name: "tanh", float: FloatMath.tanh,
        double: { x in
          let e = DoubleMath.expm1(2 * min(abs(x), 40))
          return x < 0 ? -e / (e + 2) : e / (e + 2)
        }, digest: "b5375f21b60039ff"),
      Function(
        name: "erf", float: FloatMath.erf, double: DoubleMath.erf, digest: "78cc1bafb19249a4"),
      Function(
        name: "sinpi", float: FloatMath.sinpi, double: DoubleMath.sinpi, digest: "867c25134a3e9efb"),
      Function(
        name: "cospi", float: FloatMath.cospi, double: DoubleMath.cospi, digest: "e2477bfe340969a9"),
    ]
  }

  /// Every 20011th float.
  private static let sample = stride(from: UInt32(0), to: .max - 20_011, by: 20_011)
    .map(Float.init(bitPattern:))

  @Test(arguments: Function.all)
  func errorsStayBelowOneUlp(_ function: Function) {
    for x in Self.sample where !x.isNaN {
      let found = function.float(x)
      let expected = function.double(Double(x))
      if expected.isNaN || Float(expected).isInfinite || found.isInfinite {
        #expect(found == Float(expected) || (found.isNaN && expected.isNaN))
        continue
      }
      // Spacing of floats at the exact value.
      let magnitude = max(abs(expected), Double(Float.leastNormalMagnitude))
      let spacing = max(magnitude.binade * 0x1p-23, 0x1p-149)
      #expect(abs(Double(found) - expected) <= spacing, "\(function.name)(\(x)) is \(found)")
    }
  }

  @Test(arguments: Function.all)
  func bitsAreThoseOfVersionOne(_ function: Function) {
    let bytes = Self.sample.flatMap { x -> [UInt8] in
      let bits = function.float(x).canonical.bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }
    #expect(SHA256Digest(of: bytes).prefix(16) == function.digest)
  }

  @Test func specialValues() {
    #expect(FloatMath.exp(.infinity) == .infinity && FloatMath.exp(-.infinity) == 0)
    #expect(FloatMath.exp(.nan).isNaN && FloatMath.log(.nan).isNaN && FloatMath.tanh(.nan).isNaN)
    #expect(FloatMath.log(0) == -.infinity && FloatMath.log(-1).isNaN)
    #expect(FloatMath.log(.infinity) == .infinity && FloatMath.log1p(-1) == -.infinity)
    #expect(FloatMath.tanh(-.infinity) == -1 && FloatMath.erf(.infinity) == 1)
    #expect(FloatMath.tanh(-0.0).sign == .minus && FloatMath.erf(-0.0).sign == .minus)
    #expect(FloatMath.sinpi(-2).sign == .minus && FloatMath.sinpi(2).sign == .plus)
    #expect(FloatMath.cospi(0.5).bitPattern == 0 && FloatMath.cospi(.infinity).isNaN)
    #expect(FloatMath.sigmoid(-.infinity) == 0 && FloatMath.sigmoid(.infinity) == 1)
  }
}
