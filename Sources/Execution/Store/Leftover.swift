internal import Digests
internal import Glibc

/// Names of what is being written: who writes, so that it is known when he is gone.
///
/// `PID-MACHINE-RANDOM`: the machine stands for boot and process namespace, since a process number
/// of another says nothing here.
package enum Leftover {
  /// After so many seconds nobody is still writing, whoever it was.
  private static let patience = 86400

  /// A name that no other writer has.
  package static func newName() -> String {
    "\(getpid())-\(machine)-\(String(UInt64.random(in: .min ... .max), radix: 16))"
  }

  /// Whether what has this name is written no longer.
  ///
  /// - Parameter age: seconds since it was last changed, by the clock of the file system.
  static func isAbandoned(_ name: String, age: Int) -> Bool {
    if age > patience { return true }
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[1] == machine, let process = Int32(parts[0]), process > 0 else {
      return false
    }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// The same for the temporary names of ``AtomicFile``, `FILE.NAME.tmp`, and for `FILE.PID.tmp`.
  static func isAbandonedFile(_ name: String, age: Int) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count >= 3, parts.last == "tmp" else { return false }
    let writer = String(parts[parts.count - 2])
    if writer.contains("-") { return isAbandoned(writer, age: age) }
    if age > patience { return true }
    // Whose process number it is cannot be told: after an hour the file is dead unless it lives here.
    guard age > 3600, let process = Int32(writer), process > 0 else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  private static let machine: String = {
    let boot = (try? UserFile.contents(of: "/proc/sys/kernel/random/boot_id", limit: 4096)) ?? []
    var namespace = [UInt8](repeating: 0, count: 256)
    let count = namespace.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { readlink("/proc/self/ns/pid", $0, buffer.count) } ?? 0
    }
    return SHA256Digest(of: boot + namespace.prefix(max(0, count))).prefix(8)
  }()
}
