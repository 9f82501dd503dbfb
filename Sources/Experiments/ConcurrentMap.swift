internal import Dispatch

extension RandomAccessCollection where Index == Int {
  /// The values of a function for all elements, in order, found on all cores at once.
  ///
  /// For work on texts, which is done in milliseconds; numbers have their own threads.
  /// - Parameter transform: called once per element, on any thread; elements share nothing that it
  ///   changes.
  package func concurrentMap<Value>(_ transform: (Element) -> Value) -> [Value] {
    if count < 2 { return map(transform) }
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { slots in
      withoutActuallyEscaping(transform) { transform in
        // Every iteration writes a slot of its own, and none outlives this call.
        nonisolated(unsafe) let (slots, elements, transform) = (slots, self, transform)
        DispatchQueue.concurrentPerform(iterations: elements.count) { place in
          slots[place] = transform(elements[elements.startIndex + place])
        }
      }
    }
    return values.compactMap(\.self)
  }
}
