internal import Diagnostics
internal import Experiments

extension CheckReport {
  /// JUnit XML: a suite per notebook, a case per block, per document and for the ledger; of a notebook
  /// that could not be checked one, with the error; a suite of its own for errors of no notebook.
  package var junit: String {
    let errors = problems.filter(\.isError)
    let suites = (errors.isEmpty ? [] : [JUnitSuite(errors)]) + notebooks.map(JUnitSuite.init)
    var xml = XMLText()
    xml.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    xml.open(
      "testsuites",
      [
        ("name", "assay check"), ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
        ("failures", String(suites.reduce(0) { $0 + $1.failures })),
        ("errors", String(suites.reduce(0) { $0 + $1.errors })),
      ])
    for suite in suites { suite.write(to: &xml) }
    xml.close("testsuites")
    return xml.text
  }
}

/// A notebook as a suite.
private struct JUnitSuite {
  struct Case {
    let name: String
    /// Nil for what stands in no file.
    let range: SourceRange?
    /// What is wrong; an empty list passes.
    let findings: [Diagnostic]
    /// Whether the block could not run, as against giving something else.
    let isError: Bool
    /// What goes with the findings.
    let details: String
  }

  let name: String
  let cases: [Case]

  var failures: Int { cases.count { !$0.findings.isEmpty && !$0.isError } }
  var errors: Int { cases.count { !$0.findings.isEmpty && $0.isError } }

  /// A suite of errors that belong to no notebook.
  init(_ errors: [Diagnostic]) {
    name = "assay check"
    cases = errors.map {
      // Named by its place, too: the same mistake in two files is two cases.
      let place = $0.range.map { "\($0.file.path): " } ?? ""
      return Case(
        name: place + $0.message, range: $0.range, findings: [$0], isError: true, details: "")
    }
  }

  init(_ notebook: NotebookCheck) {
    name = notebook.path
    func makeCase(
      _ name: String, _ findings: [CheckFinding], at range: SourceRange, details: String = ""
    ) -> Case {
      Case(
        name: name, range: range,
        findings: findings.filter { !$0.kind.isFine }
          .map { $0.diagnostic(at: notebook.range(of: $0)) },
        isError: findings.contains { $0.kind == .failed }, details: details)
    }
    let start = notebook.range(ofBlock: "")
    var cases: [Case] = []
    let errors = notebook.problems.filter(\.isError)
    if !errors.isEmpty {
      cases.append(
        Case(name: "notebook", range: start, findings: errors, isError: true, details: ""))
    }
    // Of a notebook that was not checked nothing is known to be as published.
    if notebook.isChecked {
      cases.append(
        makeCase(
          notebook.ledgerName, notebook.ledgerFindings + (notebook.ledger?.findings ?? []),
          at: start))
    }
    cases += (notebook.ledger?.blocks ?? []).map {
      makeCase($0.name, $0.findings, at: notebook.range(ofBlock: $0.name))
    }
    cases += notebook.documents.map {
      makeCase($0.name, $0.findings, at: start, details: $0.difference)
    }
    self.cases = cases
  }

  func write(to xml: inout XMLText) {
    xml.open(
      "testsuite",
      [
        ("name", name), ("tests", String(cases.count)), ("failures", String(failures)),
        ("errors", String(errors)),
      ])
    for one in cases {
      var attributes = [("classname", name), ("name", one.name)]
      if let range = one.range {
        attributes += [("file", range.file.path), ("line", String(range.start.line))]
      }
      guard let first = one.findings.first else {
        xml.empty("testcase", attributes)
        continue
      }
      xml.open("testcase", attributes)
      let body = DiagnosticPrinter().text(for: one.findings) + one.details
      xml.element(
        one.isError ? "error" : "failure", [("message", first.message), ("type", first.id)], body)
      xml.close("testcase")
    }
    xml.close("testsuite")
  }
}

/// XML, element by element and line by line.
private struct XMLText {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  mutating func open(_ name: String, _ attributes: [(String, String)]) {
    line("<\(name)\(Self.list(attributes))>")
    depth += 1
  }

  mutating func close(_ name: String) {
    depth -= 1
    line("</\(name)>")
  }

  mutating func empty(_ name: String, _ attributes: [(String, String)]) {
    line("<\(name)\(Self.list(attributes))/>")
  }

  mutating func element(_ name: String, _ attributes: [(String, String)], _ body: String) {
    line("<\(name)\(Self.list(attributes))>\(Self.escaped(body))</\(name)>")
  }

  private static func list(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1, isAttribute: true))\"" }.joined()
  }

  /// Markup and what XML 1.0 cannot hold escaped.
  private static func escaped(_ text: String, isAttribute: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result += isAttribute ? "&#\(scalar.value);" : String(scalar)
      case "\u{FFFE}", "\u{FFFF}":
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      case "\u{0}"..<"\u{20}", "\u{7F}":
        result += String(scalar).escapingControlCharacters
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
