package import Foundation

/// A program that tests run as a user would: arguments, environment, working folder.
package struct Command: Sendable {
  package let path: String

  /// How a run ended, and what it said.
  package struct Outcome: Sendable {
    /// The exit status; 128 and the signal's number when a signal ended the program.
    package let status: Int32
    package let outputBytes: Data
    package let errorBytes: Data

    package var output: String { String(decoding: outputBytes, as: UTF8.self) }
    package var errors: String { String(decoding: errorBytes, as: UTF8.self) }
    /// Everything that matters for a message of a failed test.
    package var description: String { "exit \(status)\n\(output)\(errors)" }
  }

  /// Why no outcome came about.
  package enum Failure: Error, CustomStringConvertible {
    case noProgram(looked: [String])
    case cannotStart(path: String, reason: String)
    case ranTooLong(seconds: Double, arguments: [String])

    package var description: String {
      switch self {
      case .noProgram(let looked):
        "there is no program `assay` to test: build it (`swift build --product assay`) or name it in "
          + "ASSAY_BINARY; looked at \(looked.joined(separator: ", "))"
      case .cannotStart(let path, let reason): "\(path) cannot be started: \(reason)"
      case .ranTooLong(let seconds, let arguments):
        "assay \(arguments.joined(separator: " ")) did not end within \(seconds) s"
      }
    }
  }

  package init(path: String) {
    self.path = path
  }

  /// The program under test: the one that ASSAY_BINARY names, else `assay` in the build folder that
  /// the running test bundle lies in.
  package static func assay() throws -> Command {
    var candidates: [String] = []
    if let named = ProcessInfo.processInfo.environment["ASSAY_BINARY"] {
      candidates = [named]
    } else {
      let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      for runner in [running, CommandLine.arguments.first].compactMap(\.self) {
        let folder = URL(fileURLWithPath: runner).deletingLastPathComponent()
        candidates.append(folder.appendingPathComponent("assay").path)
      }
    }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      throw Failure.noProgram(looked: candidates)
    }
    return Command(path: URL(fileURLWithPath: path).path)
  }

  /// Runs the program to its end, with nothing to read on standard input.
  ///
  /// - Parameters:
  ///   - environment: replaces and adds to that of the test; `ASSAY_ISA` and `GIT_…` are
  ///     never inherited.
  ///   - deadline: seconds after which the program is killed and the test fails.
  ///   - killedAfter: seconds after which the program is killed as `kill -9` does, for tests of that.
  package func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    deadline: Double = 300, killedAfter: Double? = nil
  ) throws -> Outcome {
    // Files take any amount of output without a reader. The program is spawned directly: Foundation's
    // `Process` is not safe to use from many tests at once.
    let capture = try TemporaryFolder("capture")
    let identifier = try spawn(arguments, in: folder, environment: environment, capture: capture)
    let watch = Stopwatch()
    var waitStatus: Int32 = 0
    while waitpid(identifier, &waitStatus, WNOHANG) == 0 {
      let elapsed = watch.seconds
      if let killedAfter, elapsed >= killedAfter { kill(identifier, SIGKILL) }
      if elapsed > deadline {
        kill(identifier, SIGKILL)
        waitpid(identifier, &waitStatus, 0)
        throw Failure.ranTooLong(seconds: deadline, arguments: arguments)
      }
      usleep(500)
    }
    let signal = waitStatus & 0x7F
    return Outcome(
      status: signal == 0 ? (waitStatus >> 8) & 0xFF : 128 + signal,
      outputBytes: try capture.bytes("output"), errorBytes: try capture.bytes("errors"))
  }

  /// Starts the program and returns its process identifier.
  private func spawn(
    _ arguments: [String], in folder: URL, environment: [String: String], capture: TemporaryFolder
  ) throws -> pid_t {
    var values = ProcessInfo.processInfo.environment
    // In a hook of git its variables name the repository at hand, whatever the folder.
    for name in values.keys where name == "ASSAY_ISA" || name.hasPrefix("GIT_") {
      values[name] = nil
    }
    values.merge(environment) { $1 }
    // The shell changes the folder and becomes the program: spawning offers no way that is portable.
    let shell = "/bin/sh"
    var words: [UnsafeMutablePointer<CChar>?] =
      ([shell, "-c", "cd \"$0\" && exec \"$@\"", folder.path, path] + arguments).map { strdup($0) }
      + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = values.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + settings { free(word) } }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, name) in [(Int32(1), "output"), (2, "errors")] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, capture.url(name).path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    // Threads of tests keep signals out, and who started the tests may ignore some, which a program
    // that they start would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, shell, &actions, &attributes, &words, &settings)
    guard code == 0 else {
      throw Failure.cannotStart(path: path, reason: String(cString: strerror(code)))
    }
    return identifier
  }
}
