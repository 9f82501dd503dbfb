import Learning
import Tensors
import Testing

@Suite struct DatasetTests {
  private func table(_ text: String) throws -> Table { try Table(csv: Array(text.utf8)) }

  private func failure(
    _ text: String, features: [String]? = nil, target: Dataset.Target = .label("y")
  ) throws -> DatasetError? {
    let table = try table(text)
    do {
      _ = try Dataset(table: table, features: features, target: target)
      return nil
    } catch { return error }
  }

  @Test("classes are ordered by number when all are numbers, else by scalars")
  func classOrder() throws {
    let numbers = try Dataset(
      table: table("x,y\n1,10\n2,9\n3,-1\n4,10\n"), features: nil, target: .label("y"))
    #expect(numbers.targets == .classes([2, 1, 0, 2], names: ["-1", "9", "10"]))
    let words = try Dataset(
      table: table("y,x\nb,1\nB,2\n10,3\né,4\n"), features: nil, target: .label("y"))
    #expect(words.targets.classNames == ["10", "B", "b", "é"])
    #expect(words.featureNames == ["x"])
  }

  @Test("chosen columns come in the order asked for, numbers exactly")
  func columns() throws {
    let text = "a,b,c,y\n 0.1 ,1e-3,123456789012345678,0.30000000000000004\n-1.5E+2,.5,1e22,2.\n"
    let data = try Dataset(
      table: table(text), features: ["c", "a", "b"], target: .values(["y"]))
    #expect(
      data.features == [123_456_789_012_345_678, 0.1, 1e-3, 1e22, -150, 0.5])
    #expect(data.targets == .values([0.30000000000000004, 2], names: ["y"]))
  }

  @Test("decimal text reads as the nearest double")
  func exactNumbers() throws {
    var random = SplitMix(state: 3)
    for _ in 0..<20_000 {
      let value = Float(bitPattern: UInt32.random(in: 0...0x7F7F_FFFF, using: &random))
      let wide = Double(value) * Double.random(in: 0.5...1, using: &random)
      let data = try Dataset(
        table: table("x,y\n\(wide),a\n\(-wide),b\n"), features: nil, target: .label("y"))
      #expect(data.features == [wide, -wide])
    }
  }

  @Test("cells that are no finite numbers are named with their place")
  func badCells() throws {
    func place(_ record: Int, _ column: Int, _ offset: Int) -> CSVError.Place {
      CSVError.Place(record: record, line: record, column: column, offset: offset)
    }
    let cases: [(String, CSVError)] = [
      (
        "x,y\n1,a\nhello,b\n",
        CSVError(.notANumber(column: "x", text: "hello"), at: place(3, 1, 8))
      ),
      ("x,y\n1,a\n,b\n", CSVError(.missingValue(column: "x"), at: place(3, 1, 8))),
      ("x,y\n1,a\nNaN,b\n", CSVError(.notFinite(column: "x", text: "NaN"), at: place(3, 1, 8))),
      ("x,y\n1,a\n-inf,b\n", CSVError(.notFinite(column: "x", text: "-inf"), at: place(3, 1, 8))),
      ("x,y\n1,a\n1e39,b\n", CSVError(.notFinite(column: "x", text: "1e39"), at: place(3, 1, 8))),
      ("x,y\n1,a\n2,\n", CSVError(.missingValue(column: "y"), at: place(3, 2, 10))),
    ]
    for (text, error) in cases {
      #expect(try failure(text) == .csv(error), "\(text.debugDescription)")
    }
    for text in ["1,5", "1.2.3", "0x10", "1e", "--1", "+", ".", "e5", "1 2", "１", "1_0"] {
      let found = try failure("x,y\n\"\(text)\",a\n2,b\n")
      guard case .csv(let error) = found, case .notANumber = error.rule else {
        Issue.record("\(text) was taken for a number: \(String(describing: found))")
        continue
      }
    }
  }

  @Test("columns that are not there, twice there, or too few are refused")
  func badColumns() throws {
    let text = "x,y\n1,a\n2,b\n"
    #expect(
      try failure(text, target: .label("z")) == .unknownColumn("z", available: ["x", "y"]))
    #expect(
      try failure(text, features: ["w"]) == .unknownColumn("w", available: ["x", "y"]))
    #expect(try failure(text, features: ["x", "x"]) == .repeatedColumn("x"))
    #expect(try failure(text, features: ["y"]) == .repeatedColumn("y"))
    #expect(try failure(text, features: []) == .noFeatures)
    #expect(try failure(text, target: .values([])) == .noTargets)
    #expect(try failure("x,y\n1,a\n2,a\n") == .oneClass("a"))
  }

  @Test("standardising uses the training rows alone: mean 0 and deviation 1 there")
  func standardization() throws {
    let rows = (0..<40).map { "\(Double($0) * 1.5 + 1000),7,\($0 % 2)" }
    let dataset = try Dataset(
      table: table("a,constant,y\n" + rows.joined(separator: "\n")), features: nil,
      target: .label("y"))
    let partition = try Partition(
      splitting: dataset, shares: Partition.Shares(train: 0.5, test: 0.5), key: .test)
    let data = try PreparedData(dataset, partition: partition, standardize: true)
    let fitted = try #require(data.standardization)
    #expect(fitted.means[1] == 7 && fitted.scales[1] == 1)
    let a = (0..<data.train.count).map { Double(data.train.features[$0, 0]) }
    #expect(abs(a.reduce(0, +) / 20) < 1e-6)
    #expect(abs(a.map { $0 * $0 }.reduce(0, +) / 20 - 1) < 1e-6)
    #expect((0..<data.train.count).allSatisfy { data.train.features[$0, 1] == 0 })
  }
}
