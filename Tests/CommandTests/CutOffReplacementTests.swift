import Foundation
import TestSupport
import Testing

/// A render that dies between any two calls to the system that change its documents.
///
/// A small library in front of the C library's counts those calls and ends the process before one of
/// them, as a power cut would. Afterwards nothing is lost: the documents are all old, or a journal
/// says how they become all new; `check` takes them so, and the next render makes them so.
@Suite(.enabled(if: DyingProgram.library != nil))
struct CutOffReplacementTests {
  private static let old = SampleNotebook.regression()
  private static let new = SampleNotebook.regression(lr: "0.02", prose: "Other *prose*.")
  private static let names = ["a.html", "a.ledger.json", "a.md"]
  private static let journal = "a.unfinished.json"

  private static func rendered(_ text: String) throws -> [String: Data] {
    let project = try TestProject(["notebooks/a.md": text])
    #expect(try project.assay("render", "--quiet").status == 0)
    return try project.outputs()
  }

  /// A project with the old documents and the new notebook, rendered until the process dies.
  private static func cutOff(
    before call: Int, from project: TestProject, _ before: [String: Data]
  ) throws -> Command.Outcome {
    try? FileManager.default.removeItem(at: project.folder.url("output"))
    for (name, bytes) in before { try project.folder.write(bytes, to: "output/" + name) }
    try project.folder.write(new, to: "notebooks/a.md")
    return try project.assay(
      "render", "--quiet", environment: try DyingProgram.environment(before: call))
  }

  @Test func wheneverItDiesTheDocumentsAreOldOrNew() throws {
    let (before, after) = (try Self.rendered(Self.old), try Self.rendered(Self.new))
    let project = try TestProject(["notebooks/a.md": Self.new])
    var mixed = 0
    var call = 1
    while true {
      let outcome = try Self.cutOff(before: call, from: project, before)
      if outcome.status == 0 { break }
      try #require(outcome.status == 128 + SIGKILL, "\(outcome.description)")
      try #require(call < 100, "the render never ends")
      let found = try project.outputs()
      let isOld = Self.names.allSatisfy { found[$0] == before[$0] }
      let isNew = Self.names.allSatisfy { found[$0] == after[$0] }
      if !isOld, !isNew {
        mixed += 1
        #expect(found[Self.journal] != nil, "call \(call): nothing tells how to finish it")
      }
      let check = try project.assay("check", "--no-run")
      #expect(check.status == (isNew ? check.status : 1), "call \(call): \(check.description)")
      #expect(!check.output.contains("hand-edited"), "call \(call): \(check.description)")
      #expect(try project.outputs() == found, "call \(call): `check` has changed something")
      let next = try project.assay("render")
      #expect(next.status == 0, "call \(call): \(next.description)")
      let finished = try project.outputs()
      #expect(finished == after, "call \(call): \(finished.keys.sorted())")
      #expect(try project.assay("check", "--no-run").status == 0)
      call += 1
    }
    print("\(call - 1) places to die, \(mixed) of them with documents half replaced")
    #expect(mixed >= 2, "no process died between two renames")
  }

  @Test func whatAPersonWroteMeanwhileIsNotOverwritten() throws {
    let (before, after) = (try Self.rendered(Self.old), try Self.rendered(Self.new))
    let project = try TestProject(["notebooks/a.md": Self.new])
    for call in 1...99 {
      let outcome = try Self.cutOff(before: call, from: project, before)
      if outcome.status == 0 { break }
      let found = try project.outputs()
      guard found["a.md"] == before["a.md"], found[Self.journal] != nil else { continue }
      let text = String(decoding: found["a.md"] ?? Data(), as: UTF8.self)
      let edited = text.replacingOccurrences(of: "A small run", with: "A run of mine")
      try #require(edited != text)
      try project.folder.write(edited, to: "output/a.md")
      let refused = try project.assay("render")
      #expect(refused.status == 1, "call \(call): \(refused.description)")
      #expect(refused.errors.contains("error[region.edited]"), "\(refused.description)")
      #expect(try project.folder.text("output/a.md") == edited)
      #expect(try project.assay("render", "--accept", "fit").status == 0)
      #expect(try project.outputs() == after)
      return
    }
    Issue.record("no process died between the journal and the first rename")
  }

  @Test func checkReadsWhatItCannotFinish() throws {
    let (before, after) = (try Self.rendered(Self.old), try Self.rendered(Self.new))
    let project = try TestProject(["notebooks/a.md": Self.new])
    for call in 1...99 {
      let outcome = try Self.cutOff(before: call, from: project, before)
      if outcome.status == 0 { break }
      let found = try project.outputs()
      guard found["a.md"] != before["a.md"], found["a.ledger.json"] == before["a.ledger.json"]
      else { continue }
      // Everything is the published value, and only the places of the files are not.
      let check = try project.assay("check")
      #expect(check.status == 1, "\(check.description)")
      #expect(check.output.contains("A render was cut off"), "\(check.description)")
      for word in ["drifted", "stale", "edited"] {
        #expect(!check.output.contains("error[check.\(word)"), "\(check.description)")
      }
      #expect(try project.assay("render").status == 0)
      #expect(try project.outputs() == after)
      return
    }
    Issue.record("no process died between the renames")
  }
}

/// The library that ends a program before its Nth change of a file in `output`.
private enum DyingProgram {
  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <fcntl.h>
    #include <signal.h>
    #include <stdarg.h>
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>

    static void count(const char *path) {
      static int calls = 0;
      const char *last = getenv("DIES_BEFORE");
      if (!last || !path || !strstr(path, "/output/")) return;
      if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) == atoi(last)) raise(SIGKILL);
    }

    int rename(const char *from, const char *to) {
      int (*next)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
      count(to);
      return next(from, to);
    }

    int unlink(const char *path) {
      int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");
      count(path);
      return next(path);
    }

    static int opened(const char *name, const char *path, int flags, int mode) {
      int (*next)(const char *, int, int) = dlsym(RTLD_NEXT, name);
      if (flags & O_CREAT) count(path);
      return next(path, flags, mode);
    }

    int open(const char *path, int flags, ...) {
      va_list rest;
      va_start(rest, flags);
      int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
      va_end(rest);
      return opened("open", path, flags, mode);
    }

    int open64(const char *path, int flags, ...) {
      va_list rest;
      va_start(rest, flags);
      int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
      va_end(rest);
      return opened("open64", path, flags, mode);
    }

    """

  /// Kept as long as the tests run.
  private static let folder = try? TemporaryFolder("dying")

  /// The library, built once; nil where there is no C compiler.
  static let library: String? = {
    guard let compiler = InstalledProgram.find("clang") ?? InstalledProgram.find("cc"), let folder,
      (try? folder.write(source, to: "dying.c")) != nil,
      let outcome = try? compiler.run(
        ["-shared", "-fPIC", "-O1", "-o", "dying.so", "dying.c", "-ldl"], in: folder.url),
      outcome.status == 0
    else { return nil }
    return folder.url("dying.so").path
  }()

  static func environment(before call: Int) throws -> [String: String] {
    ["LD_PRELOAD": try #require(library), "DIES_BEFORE": String(call)]
  }
}
