internal import Experiments
internal import JSON
internal import Learning

extension TrainingRecord {
  /// Version of the encoding, in every file; reading another one computes again.
  private static let formatVersion = 1

  /// Everything but the weights.
  var json: CanonicalJSON {
    .members([
      "best_epoch": bestEpoch.map(CanonicalJSON.integer),
      "epochs": .integer(epochs),
      "format": .integer(Self.formatVersion),
      "series": .array(series.map(\.json)),
      "steps": .integer(steps),
      "stopped_early": .bool(stoppedEarly),
      "transfer": transfer.map(\.json),
    ])
  }

  /// A record from its two files.
  init(_ node: JSONNode, weights: [UInt8]) throws(JSONFault) {
    let format = try node.member("format")
    guard try format.integer() == Self.formatVersion else {
      throw JSONFault("trainings of format \(Self.formatVersion) are read", at: format.range)
    }
    let parameters: ParameterSet
    do throws(SafetensorsError) {
      parameters = try ParameterSet(SafetensorsFile(weights))
    } catch {
      throw JSONFault("the weights: \(error)", at: node.range)
    }
    self.init(
      series: try node.member("series").array(Series.init(json:)),
      epochs: try node.member("epochs").integer(), steps: try node.member("steps").integer(),
      bestEpoch: try node.optionalMember("best_epoch")?.integer(),
      stoppedEarly: try node.member("stopped_early").bool(), parameters: parameters,
      transfer: try node.optionalMember("transfer").map(WeightTransfer.init(json:)))
  }
}

extension TrainingRecord.Series {
  fileprivate var json: CanonicalJSON {
    .object([
      "axis": .string(axis.rawValue), "name": .string(name),
      "steps": .array(steps.map(CanonicalJSON.integer)),
      "values": .array(values.map(CanonicalJSON.double)),
      "x": .array(x.map(CanonicalJSON.integer)),
    ])
  }

  fileprivate init(json node: JSONNode) throws(JSONFault) {
    let x = try node.member("x").integers()
    let steps = try node.member("steps").integers()
    let values = try node.member("values").doubles()
    guard x.count == steps.count, x.count == values.count else {
      throw JSONFault("a series has a step and a value for each x", at: node.range)
    }
    self.init(
      name: try node.member("name").string(),
      axis: try node.member("axis").choice(Schedule.Unit.self), x: x, steps: steps, values: values)
  }
}

extension WeightTransfer {
  fileprivate var json: CanonicalJSON {
    .object([
      "left_behind": .array(leftBehind.map(\.json)), "new": .array(new.map(\.json)),
      "taken": .array(taken.map(\.json)),
    ])
  }

  fileprivate init(json node: JSONNode) throws(JSONFault) {
    self.init(
      taken: try node.member("taken").array(Shape.init(json:)),
      new: try node.member("new").array(Shape.init(json:)),
      leftBehind: try node.member("left_behind").array(Shape.init(json:)))
  }
}

extension WeightTransfer.Shape {
  fileprivate var json: CanonicalJSON {
    .object(["name": .string(name), "shape": .array(dimensions.map(CanonicalJSON.integer))])
  }

  fileprivate init(json node: JSONNode) throws(JSONFault) {
    self.init(
      name: try node.member("name").string(), dimensions: try node.member("shape").integers())
  }
}
