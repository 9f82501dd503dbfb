import Foundation
import TestSupport
import Testing

/// No compiler turns a·b + c into one operation where the project forbids it (NUMERICS.md rule 1).
@Suite struct ContractionTests {
  private static let pragma = "#pragma STDC FP_CONTRACT OFF"

  /// A compiler, and the two ways in which it must be seen to differ.
  struct Compiler: Sendable, CustomStringConvertible {
    let description: String
    let command: Command
    /// Words that make assembly of `file` on standard output.
    let arguments: [String]
    let file: String
    /// As the project compiles: no fused operation may appear.
    let protected: (text: String, arguments: [String])
    /// Without the protection: a fused operation must appear, or this test sees none at all.
    let exposed: (text: String, arguments: [String])

    static let all: [Compiler] = clang + gcc + swift

    private static let text = """
      float one(float a, float b, float c) { return a * b + c; }
      float less(float a, float b, float c) { return c - a * b; }
      float apart(float a, float b, float c) { float ab = a * b; return ab + c; }
      double two(double a, double b, double c) { return a * b + c; }
      void many(int n, const float *restrict a, const float *restrict b, float *restrict c) {
        for (int i = 0; i < n; i++) c[i] = a[i] * b[i] + c[i];
      }
      double sum(int n, const double *a) {
        double s = 0;
        for (int i = 0; i < n; i++) s = a[i] * a[i] + s;
        return s;
      }

      """
    /// The same within a target attribute, as the kernels of an instruction set are compiled.
    private static func attributed(_ target: String) -> String {
      "#pragma clang attribute push(__attribute__((target(\"\(target)\"))), apply_to = function)\n"
        + text + "#pragma clang attribute pop\n"
    }

    /// The compiler of the kernels, which says the pragma; for each processor that has kernels.
    private static var clang: [Compiler] {
      guard let command = InstalledProgram.find("clang") else { return [] }
      let targets = [
        ("avx2", "x86_64-linux-gnu", attributed("avx2,fma")),
        ("avx512", "x86_64-linux-gnu", attributed("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")),
        ("haswell", "x86_64-linux-gnu", text), ("neon", "aarch64-linux-gnu", text),
      ]
      return targets.map { name, target, text in
        let arguments = ["--target=\(target)", "-O3", "-S", "-o", "-"]
        return Compiler(
          description: "clang \(name)", command: command,
          arguments: arguments + (name == "haswell" ? ["-march=haswell"] : []), file: "product.c",
          protected: (pragma + "\n" + text, []), exposed: (text, []))
      }
    }

    /// Compilers that ignore the pragma: the tools that use them give an option.
    private static var gcc: [Compiler] {
      ["gcc", "aarch64-linux-gnu-gcc"].compactMap { name in
        guard let command = InstalledProgram.find(name),
          let machine = try? command.run(["-dumpmachine"], in: TestProject.repository).output
        else { return nil }
        return Compiler(
          description: name, command: command,
          arguments: ["-O3", "-S", "-o", "-"] + (machine.hasPrefix("x86_64") ? ["-mfma"] : []),
          file: "product.c", protected: (text, ["-ffp-contract=off"]), exposed: (text, []))
      }
    }

    /// Swift needs no protection, so what is exposed asks for the operation by name.
    private static var swift: [Compiler] {
      guard let command = InstalledProgram.find("swiftc") else { return [] }
      let loop = { (step: String) in
        """
        public func one(_ a: Float, _ b: Float, _ c: Float) -> Float { \(step) }
        public func two(_ a: Double, _ b: Double, _ c: Double) -> Double { \(step) }
        public func many(_ x: inout [Float], _ y: [Float]) {
          for i in x.indices {
            let (a, b, c) = (x[i], y[i], x[i])
            x[i] = \(step)
          }
        }
        """
      }
      #if arch(x86_64)
        let processor = ["-Xcc", "-mfma"]
      #else
        let processor: [String] = []
      #endif
      return [
        Compiler(
          description: "swiftc", command: command,
          arguments: ["-O", "-emit-assembly", "-module-name", "product"] + processor,
          file: "product.swift", protected: (loop("a * b + c"), []),
          exposed: (loop("c.addingProduct(a, b)"), []))
      ]
    }

    /// Lines of the assembly that multiply and add in one operation.
    func fusedLines(_ form: (text: String, arguments: [String])) throws -> [String] {
      let folder = try TemporaryFolder("contraction")
      try folder.write(form.text, to: file)
      let outcome = try command.run(arguments + form.arguments + [file], in: folder.url)
      try #require(outcome.status == 0, "\(self): \(outcome.description)")
      let lines = outcome.output.split(separator: "\n").map(String.init)
      try #require(lines.contains { $0.contains("mul") || Self.isFused($0) }, "no product at all")
      return lines.filter(Self.isFused)
    }

    /// x86: vfmadd132ss, vfnmsub…; ARM: fmadd, fnmsub, fmla, fmls; or a call of the library's fma.
    private static func isFused(_ line: String) -> Bool {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let operation = words.first else { return false }
      let starts = ["vfmadd", "vfmsub", "vfnmadd", "vfnmsub", "fmadd", "fmsub", "fnmadd", "fnmsub"]
      return starts.contains(where: operation.hasPrefix) || ["fmla", "fmls"].contains(operation)
        || words.dropFirst().contains { ["fma", "fmaf"].contains($0.prefix { $0 != "@" }) }
    }
  }

  @Test func theCompilersOfTheEngineAreHere() {
    let names = Compiler.all.map(\.description)
    #expect(names.contains("clang avx2") && names.contains("swiftc"), "found: \(names)")
  }

  @Test(arguments: Compiler.all)
  func productAndSumStayTwoOperations(_ compiler: Compiler) throws {
    let fused = try compiler.fusedLines(compiler.protected)
    #expect(fused.isEmpty, "\(compiler) fuses: \(fused)")
    let exposed = try compiler.fusedLines(compiler.exposed)
    #expect(!exposed.isEmpty, "\(compiler) fuses nothing without protection: the search is blind")
  }

  /// Whether a text, with the files that it includes in their places, forbids contraction before its
  /// first function; nil when it does neither.
  private func forbidsFirst(
    _ file: String, in folder: URL, _ seen: inout Set<String>
  ) throws -> Bool? {
    guard seen.insert(file).inserted else { return nil }
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    for line in text.split(separator: "\n") {
      if line == Self.pragma { return true }
      if line.hasPrefix("#include \"") {
        let included = String(line.split(separator: "\"")[1])
        let here = folder.appendingPathComponent(included).path
        guard FileManager.default.fileExists(atPath: here) else { continue }
        if let answer = try forbidsFirst(included, in: folder, &seen) { return answer }
      } else if line.contains(") {"), !line.hasPrefix("#"), !line.hasPrefix("//"),
        !line.hasSuffix("\\")
      {
        return false
      }
    }
    return nil
  }

  @Test func kernelFilesForbidContractionBeforeTheirFirstFunction() throws {
    let folder = TestProject.repository.appendingPathComponent("Sources/CKernels")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".c") }
    #expect(files.contains("scalar.c") && files.contains("avx2.c"))
    for file in files.sorted() {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let own = text.split(separator: "\n").contains { $0 == Self.pragma }
      var seen: Set<String> = []
      let inTime = try forbidsFirst(file, in: folder, &seen)
      #expect(own, "\(file) does not say it")
      #expect(inTime != false, "\(file) says it after a function")
    }
  }
}
