internal import Experiments
internal import Learning
internal import Synchronization
internal import Tensors

/// A data set to look at and to train on.
enum SplitData: Sendable {
  /// Rows of numbers, and the same as tensors.
  case numbers(SplitDataset, PreparedData)
  case texts(SplitTexts)

  /// The rows as they were read or drawn.
  var rows: PlannedRows {
    switch self {
    case .numbers(let rows, _): .numbers(rows)
    case .texts(let texts): .texts(texts)
    }
  }
}

/// The data sets of a run: each is made once, by whoever needs it first, and let go of after the
/// last use.
final class DataShelf: Sendable {
  private final class Place: Sendable {
    let data = Mutex<Result<SplitData, DatasetError>?>(nil)
  }

  private struct Shelf {
    var places: [Fingerprint: Place] = [:]
    var uses: [Fingerprint: Int]
  }

  let catalog: DatasetCatalog
  let deadline: ContinuousClock.Instant?
  private let shelf: Mutex<Shelf>

  /// - Parameters:
  ///   - uses: how many steps will ask for each data set.
  ///   - deadline: when making one is given up.
  init(
    _ catalog: DatasetCatalog, uses: [Fingerprint: Int], deadline: ContinuousClock.Instant? = nil
  ) {
    self.catalog = catalog
    self.deadline = deadline
    shelf = Mutex(Shelf(uses: uses))
  }

  /// The data of a prepare step.
  func data(of step: Step, compute: Compute) throws(DatasetError) -> SplitData {
    guard case .prepare(let spec, let seed, _) = step.work else { throw .noFeatures }
    let place = shelf.withLock { shelf in
      let place = shelf.places[step.fingerprint] ?? Place()
      shelf.places[step.fingerprint] = place
      return place
    }
    // Others who want the same wait here until it is made.
    let found = place.data.withLock { data -> Result<SplitData, DatasetError> in
      if let data { return data }
      let made = Result { () throws(DatasetError) -> SplitData in
        switch try catalog.data(spec, seed: seed, compute: compute, deadline: deadline) {
        case .texts(let texts): return .texts(texts)
        case .numbers(let rows):
          return .numbers(
            rows,
            try PreparedData(
              rows.dataset, partition: rows.partition, standardize: spec.standardize,
              deadline: deadline))
        }
      }
      data = made
      return made
    }
    return try found.get()
  }

  /// Says that one of the steps that wanted a data set has ended.
  func release(_ fingerprint: Fingerprint) {
    shelf.withLock { shelf in
      let left = (shelf.uses[fingerprint] ?? 1) - 1
      shelf.uses[fingerprint] = left
      if left <= 0 { shelf.places[fingerprint] = nil }
    }
  }
}
