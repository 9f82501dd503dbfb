package import Diagnostics
package import Digests
package import JSON

extension RunResult {
  /// Version of the encoding; part of every fingerprint, so that raising it recomputes everything.
  package static let formatVersion = 1

  /// The canonical text: same result, same bytes.
  ///
  /// Law: `RunResult.decode(SourceFile(path:, text: r.encoded()))` equals `r`, NaN counting as NaN.
  package func encoded() -> String { json.text }

  /// SHA-256 of the canonical text.
  package var digest: SHA256Digest { SHA256Digest(of: json.bytes) }

  /// Reads what ``encoded()`` wrote; anything else gives diagnostics.
  package static func decode(_ file: SourceFile) -> (result: RunResult?, diagnostics: [Diagnostic])
  {
    do throws(JSONFault) {
      return (try RunResult(JSONParser.parse(file)), [])
    } catch {
      return (nil, [error.diagnostic])
    }
  }

  package var json: CanonicalJSON {
    .object([
      "format": .integer(Self.formatVersion),
      "scalars": .array(scalars.map(\.json)),
      "series": .array(series.map(\.json)),
      "matrices": .array(matrices.map(\.json)),
      "charts": .array(charts.map(\.json)),
      "tables": .array(tables.map(\.json)),
    ])
  }

  package init(_ node: JSONNode) throws(JSONFault) {
    let format = try node.member("format")
    guard try format.integer() == Self.formatVersion else {
      throw JSONFault("results of format \(Self.formatVersion) are read", at: format.range)
    }
    self.init(
      scalars: try node.member("scalars").array(Scalar.init(json:)),
      series: try node.member("series").array(Series.init(json:)),
      matrices: try node.member("matrices").array(Matrix.init(json:)),
      charts: try node.member("charts").array(Chart.init(json:)),
      tables: try node.member("tables").array(Table.init(json:)))
  }
}

extension Statistic {
  var json: CanonicalJSON {
    .members([
      "values": .array(values.map(CanonicalJSON.double)),
      "mean": .double(mean),
      "std": std.map(CanonicalJSON.double),
      "low": interval.map { .double($0.low) },
      "high": interval.map { .double($0.high) },
    ])
  }

  init(json node: JSONNode) throws(JSONFault) {
    let low = try node.optionalMember("low")?.double()
    let high = try node.optionalMember("high")?.double()
    guard (low == nil) == (high == nil) else {
      throw JSONFault("an interval has `low` and `high`", at: node.range)
    }
    var interval: Interval?
    if let low, let high { interval = Interval(low: low, high: high) }
    self.init(
      values: try node.member("values").doubles(),
      mean: try node.member("mean").double(),
      std: try node.optionalMember("std")?.double(), interval: interval)
  }
}

extension Scalar {
  var json: CanonicalJSON {
    .members([
      "name": .string(name), "key": key.map(CanonicalJSON.string),
      "quantity": .string(quantity.rawValue), "statistic": statistic.json,
    ])
  }

  init(json node: JSONNode) throws(JSONFault) {
    self.init(
      try node.member("name").string(), key: try node.optionalMember("key")?.string(),
      try node.member("quantity").choice(Quantity.self),
      try Statistic(json: node.member("statistic")))
  }
}

extension Series {
  var json: CanonicalJSON {
    .object([
      "name": .string(name), "axis": .string(axis.rawValue),
      "quantity": .string(quantity.rawValue), "x": .array(x.map(CanonicalJSON.double)),
      "runs": .array(runs.map { .array($0.map(CanonicalJSON.double)) }),
      "mean": .array(mean.map(CanonicalJSON.double)),
    ])
  }

  init(json node: JSONNode) throws(JSONFault) {
    let x = try node.member("x").doubles()
    let runs = try node.member("runs").array { node throws(JSONFault) in try node.doubles() }
    let mean = try node.member("mean").doubles()
    guard mean.count == x.count, runs.allSatisfy({ $0.count <= x.count }) else {
      throw JSONFault("a series has a mean for each x and no run longer than x", at: node.range)
    }
    self.init(
      try node.member("name").string(), axis: try node.member("axis").choice(Axis.self),
      try node.member("quantity").choice(Quantity.self), x: x, runs: runs, mean: mean)
  }
}

extension Matrix {
  var json: CanonicalJSON {
    .object([
      "name": .string(name), "labels": .array(labels.map(CanonicalJSON.string)),
      "counts": .array(counts.map { .array($0.map(CanonicalJSON.integer)) }),
    ])
  }

  init(json node: JSONNode) throws(JSONFault) {
    let labels = try node.member("labels").array { node throws(JSONFault) in try node.string() }
    let counts = try node.member("counts").array { row throws(JSONFault) in try row.integers() }
    guard counts.count == labels.count, counts.allSatisfy({ $0.count == labels.count }) else {
      throw JSONFault("a matrix is square and has one label for each row", at: node.range)
    }
    self.init(try node.member("name").string(), labels: labels, counts: counts)
  }
}
