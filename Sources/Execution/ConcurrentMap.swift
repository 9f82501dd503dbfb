internal import Tensors

extension RandomAccessCollection where Index == Int {
  /// The values of a function for all elements, in order, computed on all cores at once.
  ///
  /// - Parameter transform: called once per element, on any thread; elements share nothing that it
  ///   changes.
  package func concurrentMap<Value>(_ transform: (Element) -> Value) -> [Value] {
    if count < 2 { return map(transform) }
    var values = [Value?](repeating: nil, count: count)
    let first = startIndex
    values.withUnsafeMutableBufferPointer { slots in
      // Every part writes a slot of its own.
      let slots = slots
      ThreadPool().run(count) { part in slots[part] = transform(self[first + part]) }
    }
    return values.compactMap(\.self)
  }
}
