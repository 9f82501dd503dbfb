import CKernels

/// Repeatable random numbers for property tests (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// What numbers a test array is made of.
enum Values: CaseIterable {
  /// Between −4 and 4.
  case ordinary
  /// Any magnitude, zeros of both signs, denormals.
  case finite
  /// NaN and infinities too.
  case special

  func next(_ random: inout SeededGenerator) -> Float {
    switch self {
    case .ordinary: return Float.random(in: -4...4, using: &random)
    case .finite:
      switch Int.random(in: 0..<8, using: &random) {
      case 0: return 0
      case 1: return -0.0
      case 2: return Float(bitPattern: UInt32.random(in: 0..<0x80_0000, using: &random))
      case 3: return Float.random(in: -1e30...1e30, using: &random)
      case 4: return Float.random(in: -1e-30...1e-30, using: &random)
      default: return Float.random(in: -20...20, using: &random)
      }
    case .special:
      switch Int.random(in: 0..<12, using: &random) {
      case 0: return .nan
      case 1: return .infinity
      case 2: return -.infinity
      case 3: return Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
      default: return Values.finite.next(&random)
      }
    }
  }
}

/// An array at a chosen misalignment, so that kernels meet addresses that no lane divides.
final class Floats {
  let count: Int
  private let base: UnsafeMutablePointer<Float>
  let start: UnsafeMutablePointer<Float>

  init(_ values: [Float], offset: Int = 1) {
    count = values.count
    base = .allocate(capacity: count + offset + 1)
    start = base + offset
    start.initialize(from: values, count: count)
  }

  convenience init(
    _ count: Int, _ values: Values, _ random: inout SeededGenerator, offset: Int = 1
  ) {
    self.init((0..<count).map { _ in values.next(&random) }, offset: offset)
  }

  deinit { base.deallocate() }

  func copy() -> Floats { Floats(Array(UnsafeBufferPointer(start: start, count: count))) }

  /// Bit patterns with every NaN made the same one (rule 9).
  var bits: [UInt32] {
    (0..<count).map { start[$0].isNaN ? 0x7fc0_0000 : start[$0].bitPattern }
  }
}

/// The tables that this machine can run, each to be compared with the scalar one.
struct KernelTable: @unchecked Sendable, CustomStringConvertible {
  // Unchecked: kernel tables are immutable static memory.
  let kernels: UnsafePointer<AssayKernels>
  var description: String { String(cString: kernels.pointee.name) }

  static let scalar = available(ASSAY_ISA_SCALAR)
  static let fast: [KernelTable] = [ASSAY_ISA_NEON, ASSAY_ISA_AVX2, ASSAY_ISA_AVX512]
    .compactMap { available($0) }

  private static func available(_ isa: AssayISA) -> KernelTable? {
    assay_kernels_for(isa).map(KernelTable.init(kernels:))
  }
}

/// Lengths around the lane count, the chunk of long sums, and some in between.
let testLengths = [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 1000, 4095, 4096, 4097, 13000]
