import Tensors
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The double functions against samples of mpmath (NUMERICS.md rule 5).
@Suite struct DoubleFunctionTests {
  /// One function, its stated bound in ulps, and its implementation.
  struct Function: Sendable, CustomStringConvertible {
    let name: String
    let bound: Double
    let evaluate: @Sendable ([Double]) -> Double
    var description: String { name }

    static let all = [
      Function(name: "exp", bound: 0.76) { DoubleMath.exp($0[0]) },
      Function(name: "expm1", bound: 0.76) { DoubleMath.expm1($0[0]) },
      Function(name: "log", bound: 0.51) { DoubleMath.log($0[0]) },
      Function(name: "log1p", bound: 0.76) { DoubleMath.log1p($0[0]) },
      Function(name: "pow", bound: 0.8) { DoubleMath.pow($0[0], $0[1]) },
      Function(name: "sinpi", bound: 0.7) { DoubleMath.sinpi($0[0]) },
      Function(name: "cospi", bound: 0.7) { DoubleMath.cospi($0[0]) },
      Function(name: "erf", bound: 2) { DoubleMath.erf($0[0]) },
      Function(name: "erfc", bound: 4) { DoubleMath.erfc($0[0]) },
      Function(name: "erfcx", bound: 4) { DoubleMath.erfcx($0[0]) },
      Function(name: "lgamma", bound: 8) { DoubleMath.logGamma($0[0]) },
      Function(name: "incomplete_beta", bound: 10_000) {
        DoubleMath.incompleteBeta($0[0], a: $0[1], b: $0[2])
      },
      Function(name: "normal_quantile", bound: 8) { DoubleMath.normalQuantile($0[0]) },
      Function(name: "student_quantile", bound: 20_000) {
        DoubleMath.studentQuantile($0[0], degrees: $0[1])
      },
    ]
  }

  private static let samples: [String: [[Double]]] = {
    let path =
      #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
      .joined(separator: "/") + "/Fixtures/numerics/double-functions.csv"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    var samples: [String: [[Double]]] = [:]
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ",")
      samples[String(fields[0]), default: []].append(fields.dropFirst().compactMap { Double($0) })
    }
    return samples
  }()

  @Test(arguments: Function.all)
  func errorsStayBelowTheStatedBound(_ function: Function) throws {
    let samples = try #require(Self.samples[function.name])
    #expect(samples.count >= 40)
    for sample in samples {
      let expected = try #require(sample.last)
      let found = function.evaluate(Array(sample.dropLast()))
      // The sample itself is rounded: half an ulp.
      let error = abs(found - expected) / expected.ulp
      #expect(
        error <= function.bound + 0.5 || found == expected,
        "\(function.name)(\(sample.dropLast())) is \(found), not \(expected): \(error) ulp")
    }
  }

  @Test func specialValues() {
    #expect(DoubleMath.exp(.infinity) == .infinity && DoubleMath.exp(-.infinity) == 0)
    #expect(DoubleMath.exp(-745.2) == 0 && DoubleMath.exp(-745) == 0x1p-1074)
    #expect(DoubleMath.log(0) == -.infinity && DoubleMath.log(-1).isNaN)
    #expect(DoubleMath.log1p(-1) == -.infinity && DoubleMath.log1p(-2).isNaN)
    #expect(DoubleMath.expm1(-.infinity) == -1 && DoubleMath.expm1(800) == .infinity)
    #expect(DoubleMath.expm1(-0.0).sign == .minus)
    #expect(DoubleMath.sinpi(3) == 0 && DoubleMath.cospi(2.5) == 0 && DoubleMath.cospi(1) == -1)
    #expect(DoubleMath.sinpi(.infinity).isNaN && DoubleMath.cospi(.nan).isNaN)
    #expect(DoubleMath.erf(.infinity) == 1 && DoubleMath.erfc(-.infinity) == 2)
    #expect(DoubleMath.erfc(.infinity) == 0 && DoubleMath.erfcx(.infinity) == 0)
    #expect(DoubleMath.logGamma(1) == 0 && DoubleMath.logGamma(2) == 0)
    #expect(DoubleMath.logGamma(0) == .infinity && DoubleMath.logGamma(-3) == .infinity)
    #expect(DoubleMath.pow(-8, 1.0 / 3).isNaN && DoubleMath.pow(-2, 3) == -8)
    #expect(DoubleMath.pow(0, -1) == .infinity && DoubleMath.pow(.nan, 0) == 1)
    #expect(DoubleMath.normalQuantile(0.5) == 0 && DoubleMath.normalQuantile(0) == -.infinity)
    #expect(DoubleMath.normalQuantile(2).isNaN && DoubleMath.studentQuantile(0.5, degrees: 3) == 0)
    #expect(DoubleMath.studentQuantile(0.9, degrees: -1).isNaN)
    #expect(DoubleMath.incompleteBeta(0, a: 1, b: 2) == 0)
    #expect(DoubleMath.incompleteBeta(0.5, a: -1, b: 2).isNaN)
    for x in [Double.nan, .infinity, -.infinity, 0, -0.0, 1e308, 5e-324, -1e308] {
      for function in Function.all { _ = function.evaluate([x, x, x]) }
    }
  }

  @Test func integerPowersAreBinary() {
    #expect(DoubleMath.power(0.9, 0) == 1 && DoubleMath.power(2, 10) == 1024)
    #expect(DoubleMath.power(0.9, 5) == 0.9 * ((0.9 * 0.9) * (0.9 * 0.9)))
    #expect(DoubleMath.power(2, -3) == 0.125)
    #expect(DoubleMath.power(0.999, .max) == 0)
  }
}
