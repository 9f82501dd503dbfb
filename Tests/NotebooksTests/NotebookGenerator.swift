/// Makes lawful notebooks: front matter, prose with inlines, blocks at top level and in list items.
struct NotebookGenerator {
  private var random: SeededGenerator
  private var names = 0
  /// Blocks made so far.
  private(set) var blocks = 0
  /// Inlines made so far.
  private(set) var inlines = 0

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// A notebook with LF, CRLF or CR and perhaps without a final line ending.
  mutating func notebook() -> String {
    var lines: [String] = []
    // Indented lines after an item would belong to it.
    var isAfterItem = false
    if random.chance(30) { lines += ["---", "title: 研究 \(random.next() % 9)", "seed: 7", "---"] }
    for _ in 0..<Int.random(in: 0..<8, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        lines += block(mayIndent: !isAfterItem)
        isAfterItem = false
      case 4, 5:
        lines += [""] + item() + [""]
        isAfterItem = true
      case 6: lines += quote() + [""]
      default:
        lines += paragraph()
        isAfterItem = false
      }
      if random.chance(80) { lines.append("") }
    }
    let ending = random.pick(["\n", "\n", "\n", "\r\n", "\r"])
    var text = lines.joined(separator: ending)
    if random.chance(70), !text.isEmpty { text += ending }
    return random.chance(10) ? "\u{FEFF}" + text : text
  }

  private mutating func block(mayIndent: Bool) -> [String] {
    blocks += 1
    names += 1
    let tick = random.pick(["`", "~"])
    let fence = String(repeating: tick, count: Int.random(in: 3...5, using: &random))
    let own = String(repeating: " ", count: mayIndent ? random.pick([0, 0, 0, 1, 3]) : 0)
    let yaml = random.pick(["", "", "yaml "])
    let blank = random.pick(["", "", " ", "\t"])
    var lines = [
      own + fence + blank + yaml + "experiment " + random.pick(["run", "微调_"]) + "\(names)"
    ]
    let bodies = [
      "dataset: {synthetic: glyphs}", "", "  x: 1", "\ty: [1, 2]", "# 注释", "``", "- a", "> b",
      "`{= c }`",
      "    deep: 中", "<!-- note -->",
    ]
    for _ in 0..<Int.random(in: 0..<5, using: &random) { lines.append(own + random.pick(bodies)) }
    lines.append(random.pick(["", " ", "  "]) + fence + random.pick(["", "", "  ", "\t"]))
    return lines
  }

  /// A list item with blocks and paragraphs, perhaps with a nested one.
  private mutating func item(depth: Int = 0) -> [String] {
    let marker = random.pick(["- ", "* ", "12. ", "1)  ", "-   ", "+ "])
    let indentation = String(repeating: " ", count: marker.utf8.count)
    var lines = random.chance(50) ? block(mayIndent: false) : paragraph()
    for _ in 0..<Int.random(in: 0..<3, using: &random) {
      if random.chance(60) { lines.append("") }
      if depth < 2, random.chance(30) {
        lines += [""] + item(depth: depth + 1)
      } else {
        lines += random.chance(50) ? block(mayIndent: false) : paragraph()
      }
      lines.append("")
    }
    return [marker + (lines.first.map { String($0.drop { $0 == " " }) } ?? "")]
      + lines.dropFirst().map { $0.isEmpty ? $0 : indentation + $0 }
  }

  private mutating func quote() -> [String] { paragraph().map { "> " + $0 } }

  private mutating func paragraph() -> [String] {
    var lines: [String] = []
    for number in 0..<Int.random(in: 1..<4, using: &random) {
      var words: [String] = []
      for _ in 0..<Int.random(in: 1..<6, using: &random) { words.append(word()) }
      let start = number > 0 ? "so " : random.pick(["`{= x }` ", "[](#y) ", "# ", "Then ", "中"])
      if start.hasSuffix("` ") || start.hasSuffix(") ") { inlines += 1 }
      lines.append(start + words.joined(separator: " "))
      if lines[0].hasPrefix("# ") { break }
    }
    return lines
  }

  private mutating func word() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1:
      inlines += 1
      return random.pick(["`{= run.test.accuracy }`", "`{=a as percent 1}`", "`{= 微调.x-y }`"]) + "."
    case 2, 3:
      inlines += 1
      return random.pick(["[](#run1)", "[](#微调_2.loss_curve)", "[](#a-title)"])
    case 4:
      inlines += 1
      return random.pick(["*见 `{= a }`*", "[see `{= b }`](u)"])
    case 5:
      return random.pick([
        "`code`", "`` `{= x }` ``", "\\`", "<b title='`'>", "<http://a.b>", "&amp;",
      ])
    case 6: return random.pick(["[link](u \"t\")", "![image](x)", "\\[", "<!-- c -->", "**bold**"])
    default: return random.pick(["word", "中文。", "a_b", "2 < 3", "x|y", "$a^b$"])
    }
  }
}
