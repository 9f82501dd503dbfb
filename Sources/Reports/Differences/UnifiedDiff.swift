/// The difference of two texts as `diff -u` prints it, without times; empty when they are equal.
///
/// - Parameter context: unchanged lines shown around each change.
/// - Complexity: O((lines + changes) · changes), with changes bounded; texts that differ in more
///   lines are shown as replaced altogether.
package func unifiedDiff(
  from old: String, to new: String, oldName: String, newName: String, context: Int = 3
) -> String {
  guard old != new || !old.utf8.elementsEqual(new.utf8) else { return "" }
  let (oldLines, newLines) = (DiffLines(old), DiffLines(new))
  let edits = LineEdits.between(oldLines.lines, newLines.lines)
  var text = "--- \(oldName)\n+++ \(newName)\n"
  for hunk in edits.hunks(context: context) {
    text += hunk.header
    for edit in hunk.edits {
      switch edit {
      case .keep(let index, _): text += " " + oldLines.printed(index)
      case .remove(let index): text += "-" + oldLines.printed(index)
      case .insert(let index): text += "+" + newLines.printed(index)
      }
    }
  }
  return text
}

/// Lines as bytes, so that texts that look alike but are not count as different.
private struct DiffLines {
  let lines: [[UInt8]]
  private let endsWithLineFeed: Bool

  init(_ text: String) {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Array($0) }
    endsWithLineFeed = lines.last?.isEmpty ?? true
    if endsWithLineFeed { lines.removeLast() }
    // A last line without line feed differs from one with it.
    if !endsWithLineFeed { lines[lines.count - 1].append(0) }
    self.lines = lines
  }

  func printed(_ index: Int) -> String {
    let isOpen = !endsWithLineFeed && index == lines.count - 1
    let bytes = isOpen ? lines[index].dropLast() : lines[index][...]
    let line = String(decoding: bytes, as: UTF8.self)
    return isOpen ? line + "\n\\ No newline at end of file\n" : line + "\n"
  }
}

/// The steps that turn one list of lines into another.
private struct LineEdits {
  enum Edit {
    case keep(old: Int, new: Int)
    case remove(Int)
    case insert(Int)

    var isKeep: Bool { if case .keep = self { true } else { false } }
  }

  struct Hunk {
    let header: String
    let edits: ArraySlice<Edit>
  }

  /// More changes than this are not looked for one by one.
  private static let changeLimit = 2000

  private let edits: [Edit]

  static func between(_ old: [[UInt8]], _ new: [[UInt8]]) -> LineEdits {
    var prefix = 0
    while prefix < min(old.count, new.count), old[prefix] == new[prefix] { prefix += 1 }
    var suffix = 0
    while suffix < min(old.count, new.count) - prefix,
      old[old.count - 1 - suffix] == new[new.count - 1 - suffix]
    { suffix += 1 }
    let oldMiddle = Array(old[prefix..<(old.count - suffix)])
    let newMiddle = Array(new[prefix..<(new.count - suffix)])
    var edits = (0..<prefix).map { Edit.keep(old: $0, new: $0) }
    edits += shortest(oldMiddle, newMiddle, offset: prefix)
    edits += (0..<suffix).map {
      Edit.keep(old: old.count - suffix + $0, new: new.count - suffix + $0)
    }
    return LineEdits(edits: edits)
  }

  /// The shortest edit script (Myers 1986, the greedy algorithm).
  private static func shortest(_ old: [[UInt8]], _ new: [[UInt8]], offset: Int) -> [Edit] {
    let (n, m) = (old.count, new.count)
    let limit = min(n + m, changeLimit)
    let center = limit + 1
    var reach = [Int](repeating: 0, count: 2 * limit + 3)
    var history: [[Int]] = []
    for changes in 0...limit {
      history.append(Array(reach[(center - changes)...(center + changes)]))
      for diagonal in stride(from: -changes, through: changes, by: 2) {
        let isDown =
          diagonal == -changes
          || (diagonal != changes && reach[center + diagonal - 1] < reach[center + diagonal + 1])
        var x = isDown ? reach[center + diagonal + 1] : reach[center + diagonal - 1] + 1
        var y = x - diagonal
        while x < n, y < m, old[x] == new[y] {
          x += 1
          y += 1
        }
        reach[center + diagonal] = x
        if x >= n, y >= m { return trace(history, n, m, offset) }
      }
    }
    return (0..<n).map { .remove(offset + $0) } + (0..<m).map { .insert(offset + $0) }
  }

  private static func trace(_ history: [[Int]], _ n: Int, _ m: Int, _ offset: Int) -> [Edit] {
    var edits: [Edit] = []
    var (x, y) = (n, m)
    for changes in stride(from: history.count - 1, through: 1, by: -1) {
      let reach = history[changes]
      // `reach[d + changes]` is how far diagonal d had come; the outermost are not yet reached.
      func reached(_ diagonal: Int) -> Int {
        abs(diagonal) > changes - 1 ? -1 : reach[diagonal + changes]
      }
      let diagonal = x - y
      let isDown =
        diagonal == -changes
        || (diagonal != changes && reached(diagonal - 1) < reached(diagonal + 1))
      let previous = isDown ? diagonal + 1 : diagonal - 1
      let previousX = reached(previous)
      let previousY = previousX - previous
      while x > previousX + (isDown ? 0 : 1), y > previousY + (isDown ? 1 : 0), x > 0, y > 0 {
        x -= 1
        y -= 1
        edits.append(.keep(old: offset + x, new: offset + y))
      }
      if isDown {
        y -= 1
        edits.append(.insert(offset + y))
      } else {
        x -= 1
        edits.append(.remove(offset + x))
      }
    }
    while x > 0, y > 0 {
      x -= 1
      y -= 1
      edits.append(.keep(old: offset + x, new: offset + y))
    }
    return edits.reversed()
  }

  /// The changes with their surroundings; neighbours whose surroundings touch are one hunk.
  func hunks(context: Int) -> [Hunk] {
    var ranges: [Range<Int>] = []
    for (index, edit) in edits.enumerated() where !edit.isKeep {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    var (oldLine, newLine, position) = (0, 0, 0)
    func advance(to index: Int) {
      while position < index {
        switch edits[position] {
        case .keep: (oldLine, newLine) = (oldLine + 1, newLine + 1)
        case .remove: oldLine += 1
        case .insert: newLine += 1
        }
        position += 1
      }
    }
    return ranges.map { range in
      advance(to: range.lowerBound)
      let start = (oldLine, newLine)
      advance(to: range.upperBound)
      let (oldCount, newCount) = (oldLine - start.0, newLine - start.1)
      func span(_ start: Int, _ count: Int) -> String {
        count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
      }
      return Hunk(
        header: "@@ -\(span(start.0, oldCount)) +\(span(start.1, newCount)) @@\n",
        edits: edits[range])
    }
  }
}
