import CKernels
import KernelCases
import Testing

/// Every kernel of every instruction set gives the bits of its scalar oracle (NUMERICS.md).
@Suite struct KernelOracleTests {
  /// Cases per instruction set: those with edge sizes, and over 10,000 with random ones.
  private static let cases = assay_edge_case_count() + 11_000
  private static let seed: UInt64 = 20

  @Test func everyKernelHasCases() {
    #expect(assay_kernels_without_cases() == 0, "a new kernel needs cases in Tests/KernelCases")
  }

  /// Also of the scalar table: that it writes to its outputs only.
  @Test(arguments: KernelTable.all)
  func randomCasesEqualTheirOracle(_ table: KernelTable) {
    var report = AssayCaseReport()
    var met = Set<Int>()
    var failures = 0
    for index in 0..<Self.cases where failures < 10 {
      let passed = assay_run_kernel_case(
        Self.seed, index, table.kernels.pointee.isa, ASSAY_CASE_GUARDED, &report)
      met.insert(report.kernel)
      if passed == 0 {
        failures += 1
        Issue.record("\(Self.words(report))")
      } else if report.digest != report.oracle_digest {
        failures += 1
        Issue.record("case \(index) of seed \(Self.seed): passed with different digests")
      }
    }
    #expect(failures > 0 || met.count == assay_case_kernel_count())
    print("\(table): \(Self.cases) cases of seed \(Self.seed), \(met.count) kernels")
  }

  private static func words(_ report: AssayCaseReport) -> String {
    withUnsafeBytes(of: report.failure) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  @Test(arguments: KernelTable.all)
  func functionsOfOneNumberEqualTheirOracleAcrossAllExponents(_ table: KernelTable) throws {
    let oracle = try #require(KernelTable.scalar)
    let x = stride(from: UInt32(0), to: .max - 65_521, by: 65_521).map(Float.init(bitPattern:))
    for code in 0..<ASSAY_FUNCTION_COUNT.rawValue {
      let bits = [oracle, table].map { kernels in
        [Float](unsafeUninitializedCapacity: x.count) { y, count in
          if let start = y.baseAddress {
            kernels.kernels.pointee.map(AssayFunction(code), x.count, x, start)
          }
          count = x.count
        }.map { $0.isNaN ? Float.nan.bitPattern : $0.bitPattern }
      }
      let place = zip(bits[0], bits[1]).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(place == nil, "function \(code) of \(place.map { x[$0] } ?? 0)")
    }
  }

  @Test func productsOfTheOracleAreOneAscendingChain() throws {
    let oracle = try #require(KernelTable.scalar).kernels.pointee
    var random = SeededGenerator(seed: 3)
    let (m, n, k) = (5, 4, 37)
    let a = (0..<m * k).map { _ in Float.random(in: -20...20, using: &random) }
    let b = (0..<k * n).map { _ in Float.random(in: -20...20, using: &random) }
    var c = [Float](repeating: .nan, count: m * n)
    var workspace = [Float](repeating: .nan, count: 1)
    oracle.matmul(ASSAY_NN, m, n, k, a, k, b, n, &c, n, AssayEpilogue(), &workspace)
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = 0
        for p in 0..<k { sum = sum.addingProduct(a[i * k + p], b[p * n + j]) }
        #expect(c[i * n + j].bitPattern == (sum + 0).bitPattern)
      }
    }
  }
}
