import Foundation
import TestSupport
import Testing

/// The engine calls no function of libm whose bits are not defined by IEEE 754 (NUMERICS.md rule 1).
@Suite struct ObjectCodeTests {
  /// Operations of IEEE 754, correctly rounded by definition and so the same on every machine.
  ///
  /// `round` is its roundToIntegralTiesToAway, which Swift's `rounded()` calls. `nearbyint` would be
  /// exact too, but nothing needs it.
  private static let exact: Set = [
    "fma", "fmaf", "sqrt", "sqrtf", "floor", "floorf", "ceil", "ceilf", "trunc", "truncf", "rint",
    "rintf", "round", "roundf",
  ]

  /// Functions of libm known without looking at one; each also with the suffixes f and l.
  private static let known = """
    acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh drem erf erfc exp exp10 exp2 \
    expm1 fabs fdim floor fma fmax fmin fmod frexp gamma hypot ilogb j0 j1 jn ldexp lgamma llrint \
    llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter nexttoward pow pow10 \
    remainder remquo rint round roundeven scalb scalbln scalbn significand sin sincos sinh sqrt tan \
    tanh tgamma trunc y0 y1 yn
    """.split(separator: " ").flatMap { ["\($0)", "\($0)f", "\($0)l", "\($0)f_r", "\($0)_r"] }

  /// Names that object files must not refer to.
  private static func denied() throws -> Set<String> {
    var names = Set(known)
    let folders = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64"]
    let libraries = folders.map { $0 + "/libm.so.6" }
    if let library = libraries.first(where: FileManager.default.fileExists(atPath:)) {
      let defined = try symbols("-D", "--defined-only", library)
      try #require(defined.contains("expf"), "\(library) shows no functions")
      names.formUnion(defined)
    }
    return names.subtracting(exact)
  }

  /// Names in nm's output for these arguments, without versions (`exp@@GLIBC_2.29`).
  private static func symbols(_ arguments: String...) throws -> Set<String> {
    let nm = try #require(
      InstalledProgram.find("nm") ?? InstalledProgram.find("llvm-nm"),
      "this test reads object files with nm: install binutils")
    let outcome = try nm.run(arguments, in: TestProject.repository)
    try #require(outcome.status == 0, "\(outcome.description)")
    let names = outcome.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").last?.split(separator: "@").first
    }
    return Set(names.map(String.init))
  }

  /// A function of the platform in Swift's clothes (`$s5Glibc3expyS2fF`), by its own name.
  private static func plainName(_ symbol: String) -> String {
    for module in ["5Glibc", "4Musl", "10Foundation", "21FoundationEssentials"] {
      let prefix = "$s" + module
      guard symbol.hasPrefix(prefix) else { continue }
      let rest = symbol.dropFirst(prefix.count)
      let digits = rest.prefix(while: \.isNumber)
      return String(rest.dropFirst(digits.count).prefix(Int(digits) ?? 0))
    }
    return symbol
  }

  /// Object files of a target's sources, in the build folder that the running test bundle lies in;
  /// what a source left there that exists no more is not among them.
  private static func objects(of target: String) throws -> [URL] {
    let running = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let sources = files(below: TestProject.repository.appendingPathComponent("Sources/\(target)"))
      .map(\.lastPathComponent).filter { $0.hasSuffix(".c") || $0.hasSuffix(".swift") }
    for runner in [running, CommandLine.arguments.first].compactMap(\.self) {
      let folder = URL(fileURLWithPath: runner).deletingLastPathComponent()
      let built = files(below: folder.appendingPathComponent("\(target).build"))
      let objects = built.filter { sources.map { $0 + ".o" }.contains($0.lastPathComponent) }
      if objects.isEmpty { continue }
      let found = objects.map { $0.deletingPathExtension().lastPathComponent }
      let missing = Set(sources).subtracting(found)
      try #require(missing.isEmpty, "no object files of \(missing.sorted())")
      return objects.sorted { $0.path < $1.path }
    }
    return []
  }

  private static func files(below folder: URL) -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return names.compactMap { $0 as? String }.map(folder.appendingPathComponent)
  }

  @Test(arguments: ["CKernels", "Tensors", "Learning"])
  func engineRefersToNoInexactFunctionOfLibm(_ target: String) throws {
    let denied = try Self.denied()
    let objects = try Self.objects(of: target)
    try #require(!objects.isEmpty, "no object files of \(target) lie beside the tests")
    var undefined: Set<String> = []
    for object in objects {
      let names = try Self.symbols("-u", object.path)
      undefined.formUnion(names)
      let found = names.filter { denied.contains(Self.plainName($0)) }.sorted()
      #expect(found.isEmpty, "\(target)/\(object.lastPathComponent) refers to \(found)")
    }
    // The search sees what it should: code without any reference is not that of this target.
    let expected = [
      "CKernels": "memcpy", "Tensors": "assay_kernels_for", "Learning": "swift_retain",
    ]
    #expect(undefined.contains(expected[target] ?? ""), "nm shows \(undefined.count) references")
  }
}
