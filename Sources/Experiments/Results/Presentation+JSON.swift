internal import JSON

// Charts and tables: the parts of a result whose shape is chosen for the reader.

extension Chart {
  var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "name": .string(name), "quantity": .string(quantity.rawValue),
    ]
    switch bars {
    case .categories(let categories):
      members["categories"] = .array(
        categories.map { .object(["label": .string($0.label), "value": .double($0.value)]) })
    case .histogram(let edges, let counts):
      members["edges"] = .array(edges.map(CanonicalJSON.double))
      members["counts"] = .array(counts.map(CanonicalJSON.integer))
    }
    return .object(members)
  }

  init(json node: JSONNode) throws(JSONFault) {
    let bars: Bars
    if let categories = try node.optionalMember("categories") {
      bars = .categories(
        try categories.array { node throws(JSONFault) in
          Category(try node.member("label").string(), try node.member("value").double())
        })
    } else {
      let edges = try node.member("edges").array { node throws(JSONFault) in try node.double() }
      let counts = try node.member("counts").array { node throws(JSONFault) in
        try node.integer()
      }
      guard edges.count == counts.count + 1 || (edges.isEmpty && counts.isEmpty) else {
        throw JSONFault("a histogram has one edge more than counts", at: node.range)
      }
      bars = .histogram(edges: edges, counts: counts)
    }
    self.init(
      try node.member("name").string(), try node.member("quantity").choice(Quantity.self), bars)
  }
}

extension Table {
  var json: CanonicalJSON {
    .object([
      "name": .string(name), "columns": .array(columns.map(\.json)),
      "rows": .array(rows.map { .array($0.map(\.json)) }),
    ])
  }

  init(json node: JSONNode) throws(JSONFault) {
    let columns = try node.member("columns").array(Cell.init(json:))
    let rows = try node.member("rows").array { row throws(JSONFault) in
      try row.array(Cell.init(json:))
    }
    guard rows.allSatisfy({ $0.count == columns.count }) else {
      throw JSONFault("every row of a table has as many cells as there are columns", at: node.range)
    }
    self.init(try node.member("name").string(), columns: columns, rows: rows)
  }
}

extension Table.Cell {
  var json: CanonicalJSON {
    switch self {
    case .text(let text): .object(["text": .string(text)])
    case .term(let term): .object(["term": .string(term)])
    case .number(let value, let quantity):
      .object(["number": .double(value), "quantity": .string(quantity.rawValue)])
    case .statistic(let statistic, let quantity):
      .object(["statistic": statistic.json, "quantity": .string(quantity.rawValue)])
    case .empty: .null
    }
  }

  init(json node: JSONNode) throws(JSONFault) {
    if case .null = node.value {
      self = .empty
    } else if let text = try node.optionalMember("text") {
      self = .text(try text.string())
    } else if let term = try node.optionalMember("term") {
      self = .term(try term.string())
    } else {
      let quantity = try node.member("quantity").choice(Quantity.self)
      if let number = try node.optionalMember("number") {
        self = .number(try number.double(), quantity)
      } else {
        self = .statistic(try Statistic(json: node.member("statistic")), quantity)
      }
    }
  }
}
