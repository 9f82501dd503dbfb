internal import Tensors

/// Some sequences of a batch as rows of tokens, and which rows of the last layer anybody reads.
///
/// A row that nobody reads has no effect and, backwards, only zeros: leaving it out changes no bit
/// (rule 4) and saves most of the last layer.
struct BertGrain {
  let sequences: Range<Int>
  let ids: ArraySlice<Int32>
  let segments: ArraySlice<UInt8>
  /// Rows where each sequence begins, and the end of the last.
  let starts: [Int]
  let places: RowPlaces
  /// Rows of the last layer that are read, ascending; nil: all.
  let read: [Int]?
  /// Where each sequence's begin among the rows that are read, and the end of the last's.
  let readStarts: [Int]
  let readPlaces: RowPlaces
  /// Which of the rows that are read holds each sequence's first token; empty when not asked for.
  let firsts: [Int]
  /// Which of them holds each masked position.
  let masked: [Int]

  /// What is read of the last layer.
  struct Reading {
    /// The first token of each sequence.
    var firsts = false
    /// Masked positions of the whole batch.
    var masked: MaskedPositions?
    var all = false
  }

  /// - Parameter draws: one a sequence of the whole batch; empty in evaluation.
  init(
    _ batch: TokenSequences, _ sequences: Range<Int>, draws: [UInt64], reading: Reading
  ) {
    self.sequences = sequences
    let tokens = batch.offsets[sequences.lowerBound]..<batch.offsets[sequences.upperBound]
    ids = batch.ids[tokens]
    segments = batch.types[tokens]
    starts = batch.offsets[sequences.lowerBound...sequences.upperBound].map {
      $0 - tokens.lowerBound
    }
    var positions: [Int32] = []
    var rowDraws: [UInt64] = []
    positions.reserveCapacity(tokens.count)
    rowDraws.reserveCapacity(tokens.count)
    for sequence in sequences {
      let length = batch.length(of: sequence)
      precondition(length > 0, "sequence \(sequence) is empty")
      positions.append(contentsOf: 0..<Int32(length))
      let draw = draws.isEmpty ? 0 : draws[sequence]
      rowDraws.append(contentsOf: repeatElement(draw, count: length))
    }
    places = RowPlaces(positions: positions, draws: rowDraws)
    var selection = Selection()
    for sequence in sequences where !reading.all {
      selection.add(
        sequence, start: batch.offsets[sequence] - tokens.lowerBound,
        length: batch.length(of: sequence), reading)
    }
    if reading.all || selection.rows.count == tokens.count {
      read = nil
      readStarts = starts
      readPlaces = places
    } else {
      read = selection.rows
      readStarts = selection.starts
      readPlaces = places.gathering(selection.rows)
    }
    firsts = reading.all ? Array(starts.dropLast()) : selection.firsts
    masked = selection.masked
  }

  var rowCount: Int { places.count }
  var readCount: Int { readPlaces.count }

  /// The rows that are read, as they are found.
  private struct Selection {
    var rows: [Int] = []
    var starts = [0]
    var firsts: [Int] = []
    var masked: [Int] = []

    mutating func add(_ sequence: Int, start: Int, length: Int, _ reading: Reading) {
      if reading.firsts {
        firsts.append(rows.count)
        rows.append(start)
      }
      if let positions = reading.masked {
        for index in positions.range(of: sequence..<sequence + 1) {
          let position = Int(positions.positions[index])
          precondition(
            position >= 0 && position < length, "position \(position) of sequence \(sequence)")
          // The first token may be masked too.
          if rows.last != start + position { rows.append(start + position) }
          masked.append(rows.count - 1)
        }
      }
      starts.append(rows.count)
    }
  }
}
