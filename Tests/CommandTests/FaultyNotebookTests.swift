import Foundation
import TestSupport
import Testing

/// `assay lint` on `Tests/Fixtures/faulty`: every fault is named at its place.
///
/// `NAME.expected` holds `line:column: severity[id]: message → suggestion` per fault, the file first
/// when it is another one than the notebook. Lines of stages after the language begin with `plan `.
/// `GOLDEN=all` writes anew what the command says.
@Suite struct FaultyNotebookTests {
  static let folder = TestProject.repository.appendingPathComponent("Tests/Fixtures/faulty")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()

  /// What `--format json` prints for one problem.
  private struct Problem: Decodable {
    struct Place: Decodable {
      let path: String
      let line: Int
      let column: Int
    }
    let id: String
    let severity: String
    let message: String
    let place: Place?
    let suggestion: String?

    func headline(omitting notebook: String? = nil) -> String {
      var text = ""
      if let place {
        if place.path != notebook { text = place.path + ":" }
        text += "\(place.line):\(place.column): "
      }
      return text + "\(severity)[\(id)]: \(message)"
    }
  }

  @Test func thereAreAtLeastThirtyAndTheFolderExitsFour() throws {
    #expect(Self.names.count >= 30)
    let outcome = try Command.assay().run(
      ["lint", "Tests/Fixtures/faulty"], in: TestProject.repository)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("\nTests/Fixtures/faulty/component-unknown.md:4:23: error["))
    for name in Self.names {
      #expect(outcome.output.contains("\(name).md:"), "nothing is said about \(name).md")
    }
  }

  @Test(arguments: names)
  func everyFaultIsNamedAtItsPlace(_ name: String) throws {
    let command = try Command.assay()
    let json = try command.run(["lint", "--format", "json", name + ".md"], in: Self.folder)
    let text = try command.run(["lint", name + ".md"], in: Self.folder)
    #expect(json.status == 4 || json.status == 5, "\(json.errors)")
    #expect(text.status == json.status)
    let problems = try JSONDecoder().decode([Problem].self, from: json.outputBytes)
    #expect(problems.contains { $0.severity == "error" })

    let printed = text.output.split(separator: "\n").map(String.init)
    var said: [String] = []
    for problem in problems {
      let inText = Self.escaped(problem.headline())
      #expect(printed.contains(inText), "the text lacks: \(inText)")
      let suggestion = problem.suggestion.map { " → " + $0 } ?? ""
      said.append(Self.escaped(problem.headline(omitting: name + ".md") + suggestion))
    }

    let url = Self.folder.appendingPathComponent(name + ".expected")
    let lines = ((try? String(contentsOf: url, encoding: .utf8)) ?? "").split(separator: "\n")
      .map(String.init)
    let expected = lines.map { $0.hasPrefix("plan ") ? String($0.dropFirst(5)) : $0 }
    if GoldenFile.Acceptance.current == .all {
      let ofLanguage = lines.filter { !$0.hasPrefix("plan ") && said.contains($0) }
      let later = said.filter { !ofLanguage.contains($0) }.map { "plan " + $0 }
      let accepted = (ofLanguage + later).map { $0 + "\n" }.joined()
      try Data(accepted.utf8).write(to: url)
      return
    }
    #expect(said.sorted() == expected.sorted(), "accept with GOLDEN=all")
  }

  /// Control and bidi characters as the command prints them.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
