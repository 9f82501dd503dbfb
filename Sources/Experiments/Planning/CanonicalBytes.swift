/// Bytes for a fingerprint: injective, so that different fields never encode alike.
///
/// Every item begins with a tag; texts and collections carry their length before their content;
/// integers and lengths are eight bytes, big-endian; doubles are their bits, with −0 written as +0
/// and one NaN. Nothing depends on how a number was spelled.
struct CanonicalBytes {
  private(set) var bytes: [UInt8] = []

  private enum Tag: UInt8 {
    case flag = 1
    case integer, number, text, list, group, component, fingerprint
  }

  mutating func append(_ flag: Bool) {
    bytes.append(Tag.flag.rawValue)
    bytes.append(flag ? 1 : 0)
  }

  mutating func append(_ integer: Int) {
    bytes.append(Tag.integer.rawValue)
    word(UInt64(bitPattern: Int64(integer)))
  }

  mutating func append(_ number: Double) {
    bytes.append(Tag.number.rawValue)
    word(number.isNaN ? 0x7FF8_0000_0000_0000 : number == 0 ? 0 : number.bitPattern)
  }

  mutating func append(_ text: String) {
    bytes.append(Tag.text.rawValue)
    word(UInt64(text.utf8.count))
    bytes += Array(text.utf8)
  }

  mutating func append(_ fingerprint: Fingerprint) {
    bytes.append(Tag.fingerprint.rawValue)
    bytes += Array(fingerprint.hexadecimal.utf8)
  }

  /// The head of `count` items that follow.
  mutating func beginList(_ count: Int) {
    bytes.append(Tag.list.rawValue)
    word(UInt64(count))
  }

  /// A spec's canonical form; `resolve` gives the fingerprint that a block's name stands for.
  mutating func append(_ value: FieldValue, resolve: (String) -> Fingerprint) {
    switch value {
    case .flag(let flag): append(flag)
    case .integer(let integer): append(integer)
    case .number(let number): append(number)
    case .text(let text): append(text)
    case .list(let items):
      beginList(items.count)
      for item in items { append(item, resolve: resolve) }
    case .group(let table, let version, let entries):
      bytes.append(Tag.group.rawValue)
      append(table, version, entries, resolve)
    case .component(let name, let version, let entries):
      bytes.append(Tag.component.rawValue)
      append(name, version, entries, resolve)
    case .reference(let name): append(resolve(name))
    }
  }

  private mutating func append(
    _ name: String, _ version: Int, _ entries: [FieldValue.Entry],
    _ resolve: (String) -> Fingerprint
  ) {
    append(name)
    append(version)
    beginList(entries.count)
    for entry in entries {
      append(entry.name)
      append(entry.value, resolve: resolve)
    }
  }

  private mutating func word(_ value: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }
}
