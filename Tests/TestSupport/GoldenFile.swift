import Foundation

/// A text that a test expects, kept under `Tests/Golden`.
///
/// The environment variable `GOLDEN` says what happens to a text that is not as expected: `never`
/// (default) reports it, `missing` writes files that are not there, `failed` also replaces those
/// that differ, `all` writes every file and removes those that no test asked for.
package struct GoldenFile: Sendable {
  /// What may be written.
  package enum Acceptance: String, Sendable, CaseIterable {
    case never, missing, failed, all

    /// From the environment; an unknown word counts as `never`.
    package static var current: Acceptance {
      Acceptance(rawValue: ProcessInfo.processInfo.environment["GOLDEN"] ?? "") ?? .never
    }
  }

  /// Path below `Tests/Golden`, with `/` between parts.
  package let path: String
  private let url: URL

  /// Names a file; nothing is read yet.
  package init(_ path: String) {
    self.path = path
    url = Self.root.appendingPathComponent(path)
  }

  /// `Tests/Golden`, found from the place of this source file.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden")

  /// What is wrong with a text, or nil when it is the expected one (or was accepted).
  ///
  /// On a difference `FILE.actual` is written beside the expected file, and the report holds the
  /// difference and the command that accepts it.
  ///
  /// - Parameter filter: the test target to name in that command.
  package func mismatch(of actual: String, filter: String) throws -> String? {
    let acceptance = Acceptance.current
    let expected = try? String(contentsOf: url, encoding: .utf8)
    let actualURL = url.appendingPathExtension("actual")
    if expected.map({ $0.utf8.elementsEqual(actual.utf8) }) == true, acceptance != .all {
      try? FileManager.default.removeItem(at: actualURL)
      return nil
    }
    let mayWrite =
      switch acceptance {
      case .never: false
      case .missing: expected == nil
      case .failed, .all: true
      }
    if mayWrite {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(actual.utf8).write(to: url)
      try? FileManager.default.removeItem(at: actualURL)
      return nil
    }
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(actual.utf8).write(to: actualURL)
    let difference = lineDifference(from: expected ?? "", to: actual, name: path)
    return """
      Tests/Golden/\(path) \(expected == nil ? "is missing" : "differs"):
      \(difference)accept with: GOLDEN=failed swift test --filter \(filter)
      """
  }

  /// Files below a folder of `Tests/Golden` that are not among the expected ones, sorted.
  ///
  /// With `GOLDEN=all` they are removed instead.
  package static func orphans(in folder: String, expected: Set<String>) throws -> [String] {
    let base = root.appendingPathComponent(folder)
    let found = (FileManager.default.enumerator(atPath: base.path)?.allObjects ?? [])
      .compactMap { $0 as? String }
    var orphans: [String] = []
    for name in found.sorted() {
      let url = base.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
        !isFolder.boolValue, !expected.contains("\(folder)/\(name)"), !name.hasSuffix(".actual")
      else { continue }
      if Acceptance.current == .all {
        try FileManager.default.removeItem(at: url)
      } else {
        orphans.append("\(folder)/\(name)")
      }
    }
    return orphans
  }
}

/// The lines between the common beginning and the common end of two texts, as one hunk of a unified
/// diff with three lines around it.
private func lineDifference(from old: String, to new: String, name: String) -> String {
  let oldLines = old.split(separator: "\n", omittingEmptySubsequences: false)
  let newLines = new.split(separator: "\n", omittingEmptySubsequences: false)
  let shorter = min(oldLines.count, newLines.count)
  var prefix = 0
  while prefix < shorter, oldLines[prefix] == newLines[prefix] { prefix += 1 }
  var suffix = 0
  while suffix < shorter - prefix,
    oldLines[oldLines.count - 1 - suffix] == newLines[newLines.count - 1 - suffix]
  {
    suffix += 1
  }
  let start = max(0, prefix - 3)
  let after = min(3, suffix)
  let (oldEnd, newEnd) = (oldLines.count - suffix, newLines.count - suffix)
  var text = "--- \(name)\n+++ \(name).actual\n"
  text += "@@ -\(start + 1),\(oldEnd + after - start) +\(start + 1),\(newEnd + after - start) @@\n"
  text += oldLines[start..<prefix].map { " \($0)\n" }.joined()
  text += oldLines[prefix..<oldEnd].map { "-\($0)\n" }.joined()
  text += newLines[prefix..<newEnd].map { "+\($0)\n" }.joined()
  text += newLines[newEnd..<(newEnd + after)].map { " \($0)\n" }.joined()
  return text
}
