import Diagnostics

/// Region comments that are left in the prose after the regions were cut out.
///
/// Inside code they are examples and nobody's business.
struct RegionProblems {
  private(set) var diagnostics: [Diagnostic] = []

  init(_ reading: borrowing BlockReading) {
    let excerpt = reading.excerpt
    var blocksBefore: Set<String> = []
    var fence = 0
    let fences = reading.experiments
    var reportedOpen = 0
    for (number, line) in reading.lines.enumerated() {
      guard let marker = RegionMarker(excerpt.bytes, line.content),
        reading.node(before: number)?.kind != .code
      else { continue }
      var follows: Fence?
      while fence < fences.count, fences[fence].range.upperBound <= line.range.lowerBound {
        follows = fences[fence]
        blocksBefore.insert(fences[fence].info.name ?? "")
        fence += 1
      }
      let place = excerpt.place(line.content)
      switch marker {
      case .malformed: diagnostics.append(.regionMarker(place))
      case .open(let name, _):
        reportedOpen += 1
        let isAtItsPlace = follows?.range.upperBound == line.range.lowerBound
        if isAtItsPlace, follows?.info.name == name {
          diagnostics.append(.unterminatedRegion(name, place))
        } else if blocksBefore.contains(name) {
          diagnostics.append(.misplacedRegion(name, place))
        } else {
          diagnostics.append(.orphanRegion(name, place))
        }
      case .close:
        if reportedOpen > 0 {
          reportedOpen -= 1
        } else {
          diagnostics.append(.strayRegionEnd(place))
        }
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func regionMarker(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-marker",
      "the comments around a region read `<!-- assay:NAME DIGEST -->` and `<!-- /assay -->`",
      at: range)
  }

  fileprivate static func unterminatedRegion(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-unterminated",
      "the region of `\(name)` ends with `<!-- /assay -->` alone on a line", at: range,
      notes: [.init("delete the comment and the generated text after it, and render again")])
  }

  fileprivate static func misplacedRegion(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-out-of-place",
      "the region of `\(name)` stands right after its block", at: range,
      notes: [.init("delete the region; `render` writes it where it belongs")])
  }

  fileprivate static func orphanRegion(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-orphan", "a region follows its block, and none before is `\(name)`",
      at: range, notes: [.init("delete the region, or give the block its name back")])
  }

  fileprivate static func strayRegionEnd(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "notebook.region-end", "`<!-- /assay -->` ends a region, and none is open here",
      at: range)
  }
}
