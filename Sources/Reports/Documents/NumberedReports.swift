internal import Experiments

/// The reports of a document with figures and tables numbered through it.
struct NumberedReports {
  /// In document order.
  let reports: [Report]
  private let byBlock: [String: Int]

  init(_ reports: [Report]) {
    var (figures, tables) = (0, 0)
    self.reports = reports.map { report in
      var report = report
      report.items = report.items.map { item in
        guard var heading = item.heading else { return item }
        if case .table = item {
          tables += 1
          heading.number = tables
        } else {
          figures += 1
          heading.number = figures
        }
        return item.with(heading)
      }
      return report
    }
    byBlock = Dictionary(
      self.reports.enumerated().map { ($1.block, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(block: String) -> Report? { byBlock[block].map { reports[$0] } }
}

extension Report {
  /// Items that can be referred to.
  var numberedItems: [ReportItem] { items.filter { $0.heading != nil } }

  var hasFailed: Bool {
    items.contains { if case .failure = $0 { true } else { false } }
  }
}
