internal import Glibc

/// The `git` program, asked for what a repository holds.
///
/// Started without a shell; only plumbing that reads objects is used, which runs no filter, no pager
/// and nothing else that a repository could bring along.
struct GitProcess {
  /// What git said when it could not.
  struct Failure: Error {
    let reason: String
  }

  /// A folder in the repository; paths are relative to it.
  let folder: String

  /// Bytes beyond which an answer is not taken.
  private static let limit = 256 << 20

  /// The bytes of a file at a revision, both in git's spelling: `main:output/a.ledger.json`.
  func contents(of object: String) throws(Failure) -> [UInt8] {
    try run(["cat-file", "blob", object])
  }

  /// Whether a path at a revision, `main:output`, is a folder and no file.
  func isFolder(_ object: String) throws(Failure) -> Bool {
    String(decoding: try run(["cat-file", "-t", object]), as: UTF8.self) == "tree\n"
  }

  /// Files below the folder at a revision, sorted by git.
  func files(at revision: String) throws(Failure) -> [String] {
    try names(["ls-tree", "-r", "-z", "--name-only", revision, "--", "."])
  }

  /// Files below a folder at a revision, `main:output`, relative to that one and sorted by git.
  func files(in tree: String) throws(Failure) -> [String] {
    // Otherwise git looks for the working folder inside the other one.
    try names(["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree])
  }

  private func names(_ words: [String]) throws(Failure) -> [String] {
    try run(words).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private func run(_ words: [String]) throws(Failure) -> [UInt8] {
    let (output, errors) = (try Pipe(), try Pipe())
    let process = try start(["git", "-C", folder] + words, output, errors)
    close(output.writing)
    close(errors.writing)
    let (bytes, said) = Self.readAll(output.reading, errors.reading)
    close(output.reading)
    close(errors.reading)
    if bytes == nil { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let bytes else { throw Failure(reason: "its answer is longer than \(Self.limit) bytes") }
    // The low bits are zero exactly when it ended by itself with the status above them.
    guard status == 0 else { throw Failure(reason: Self.reason(said, status)) }
    return bytes
  }

  private func start(
    _ words: [String], _ output: Pipe, _ errors: Pipe
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let problem = posix_spawnp(&process, "git", &actions, nil, arguments, environ)
    guard problem == 0 else {
      output.close()
      errors.close()
      throw Failure(reason: "git cannot be started: \(String(cString: strerror(problem)))")
    }
    return process
  }

  /// Both streams until their ends, nil for an output beyond the limit; of errors the beginning.
  private static func readAll(_ output: Int32, _ errors: Int32) -> ([UInt8]?, [UInt8]) {
    var (bytes, said): ([UInt8], [UInt8]) = ([], [])
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var streams = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
    ]
    while streams.contains(where: { $0.fd >= 0 }) {
      if poll(&streams, nfds_t(streams.count), -1) < 0 {
        if errno == EINTR { continue }
        return (bytes, said)
      }
      for index in streams.indices where streams[index].revents != 0 {
        let count = read(streams[index].fd, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          // A negative descriptor is passed over by poll.
          streams[index].fd = -1
        } else if index == 0 {
          bytes += buffer[..<count]
          if bytes.count > limit { return (nil, said) }
        } else if said.count < 4096 {
          said += buffer[..<count]
        }
      }
    }
    return (bytes, said)
  }

  private static func reason(_ said: [UInt8], _ status: Int32) -> String {
    let text = String(decoding: said, as: UTF8.self)
    guard let line = text.split(separator: "\n").first else {
      return "git ended with status \(status >> 8 & 0xFF)"
    }
    return "git says: " + (line.hasPrefix("fatal: ") ? String(line.dropFirst(7)) : String(line))
  }

  /// A pipe that no other program inherits.
  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(Failure) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw Failure(reason: String(cString: strerror(errno))) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }

    func close() {
      _ = Glibc.close(reading)
      _ = Glibc.close(writing)
    }
  }
}
