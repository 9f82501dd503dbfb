internal import Synchronization

/// Values by key, each made once, by whoever asks for it first.
///
/// Safe to ask from several threads: who wants a value that another makes waits for it, and for no
/// other. A failure is told to who ran into it, and the next one tries again.
package final class OnceEach<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private final class Place: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private let places = Mutex<[Key: Place]>([:])

  package init() {}

  /// How many values there are.
  package var count: Int {
    places.withLock { Array($0.values) }.count { $0.value.withLock { $0 != nil } }
  }

  /// A value, if it was made.
  package func known(_ key: Key) -> Value? {
    places.withLock { $0[key] }?.value.withLock { $0 }
  }

  /// A value, made now or before.
  package func value<Failure: Error>(
    of key: Key, making make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let place = places.withLock { places in
      let place = places[key] ?? Place()
      places[key] = place
      return place
    }
    return try place.value.withLock { value in
      Result { () throws(Failure) -> Value in
        if let value { return value }
        let made = try make()
        value = made
        return made
      }
    }.get()
  }
}
