/// Bytes for a fingerprint: injective, so that different fields never encode alike.
///
/// Every item begins with a tag; texts and collections carry their length before their content;
/// integers and lengths are eight bytes, big-endian; doubles are their bits, with −0 written as +0
/// and one NaN. Nothing depends on how a number was spelled.
struct CanonicalBytes: CanonicalSink {
  private(set) var bytes: [UInt8] = []

  private enum Tag: UInt8 {
    case flag = 1
    case integer, number, text, list, group, component, fingerprint
  }

  mutating func mark(_ text: String) { self.text(text) }

  mutating func version(_ version: Int) { integer(version) }

  mutating func flag(_ flag: Bool) {
    bytes.append(Tag.flag.rawValue)
    bytes.append(flag ? 1 : 0)
  }

  mutating func integer(_ integer: Int) {
    bytes.append(Tag.integer.rawValue)
    word(UInt64(bitPattern: Int64(integer)))
  }

  mutating func number(_ number: Double) {
    bytes.append(Tag.number.rawValue)
    word(number.isNaN ? 0x7FF8_0000_0000_0000 : number == 0 ? 0 : number.bitPattern)
  }

  mutating func text(_ text: String) {
    bytes.append(Tag.text.rawValue)
    word(UInt64(text.utf8.count))
    bytes += Array(text.utf8)
  }

  mutating func digest(_ hexadecimal: String) { text(hexadecimal) }

  mutating func inputs(_ fingerprints: [Fingerprint]) {
    beginList(count: fingerprints.count)
    for fingerprint in fingerprints { reference(fingerprint) }
  }

  mutating func reference(_ fingerprint: Fingerprint) {
    bytes.append(Tag.fingerprint.rawValue)
    bytes += Array(fingerprint.hexadecimal.utf8)
  }

  mutating func emptyList() { beginList(count: 0) }

  mutating func beginList(_ items: [FieldValue]) { beginList(count: items.count) }

  mutating func beginGroup(_ table: String, version: Int, count: Int) {
    bytes.append(Tag.group.rawValue)
    begin(table, version, count)
  }

  mutating func beginComponent(_ name: String, version: Int, count: Int) {
    bytes.append(Tag.component.rawValue)
    begin(name, version, count)
  }

  mutating func endComponent() {}

  mutating func enter(_ part: CanonicalPart) {
    if case .field(let name) = part { text(name) }
  }

  mutating func leave() {}

  private mutating func begin(_ name: String, _ version: Int, _ count: Int) {
    text(name)
    self.version(version)
    beginList(count: count)
  }

  private mutating func beginList(count: Int) {
    bytes.append(Tag.list.rawValue)
    word(UInt64(count))
  }

  private mutating func word(_ value: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
    }
  }
}
