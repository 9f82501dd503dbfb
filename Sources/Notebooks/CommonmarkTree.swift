import CCmark

/// A document as libcmark parsed it; every use of the C library is in this file.
///
/// libcmark 0.30 gives reliable start lines and start columns (bytes) of blocks, and reliable
/// literals. End lines and the positions of inlines are not reliable, so neither is offered here.
/// Nodes are known outside by their number; no pointer leaves the file. Trees are walked with
/// loops, never by recursion, because input decides their depth.
struct CommonmarkTree: ~Copyable {
  /// A block that is no container of blocks, or a container.
  enum BlockKind {
    case quote, list, item, code, html, paragraph, heading, thematicBreak, other
  }

  /// A block in document order.
  struct Block {
    let kind: BlockKind
    /// Zero-based line of its first byte.
    let line: Int
    /// Zero-based byte offset in that line.
    private(set) var column: Int
    /// Number of block quotes around it.
    let quoteDepth: Int
    /// Whether a list item is around it.
    let isInItem: Bool
    let node: Node

    /// The block with its column counted from another place.
    func moved(by bytes: Int) -> Block {
      var block = self
      block.column += bytes
      return block
    }
  }

  /// A node of this tree.
  struct Node {
    fileprivate let pointer: OpaquePointer
  }

  /// What the inlines of a leaf block look like from outside, in document order.
  struct Inlines {
    /// Code spans: literal, and whether they stand in an image description.
    var codes: [(literal: String, isInImage: Bool, node: Node)] = []
    /// Links without content, or with a comment `<!--=` right after them.
    var links: [(url: String, isEmpty: Bool, isInImage: Bool, node: Node)] = []
    /// Comments that begin `<!--=`.
    var comments: [String] = []
  }

  private let root: OpaquePointer

  /// Parses a text; nil only when memory is short.
  init?(_ text: ArraySlice<UInt8>) {
    let parsed = text.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return cmark_parse_document("", 0, 0) }
      return cmark_parse_document(
        start.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_DEFAULT)
    }
    guard let parsed else { return nil }
    root = parsed
  }

  deinit { cmark_node_free(root) }

  /// All blocks but the document itself, in order of their beginning.
  func blocks() -> [Block] {
    var blocks: [Block] = []
    var quoteDepth = 0
    var itemDepth = 0
    guard var node = cmark_node_first_child(root) else { return [] }
    while true {
      let kind = Self.kind(node)
      blocks.append(
        Block(
          kind: kind, line: Int(cmark_node_get_start_line(node)) - 1,
          column: max(0, Int(cmark_node_get_start_column(node)) - 1), quoteDepth: quoteDepth,
          isInItem: itemDepth > 0, node: Node(pointer: node)))
      if kind.isContainer, let child = cmark_node_first_child(node) {
        if kind == .quote { quoteDepth += 1 }
        if kind == .item { itemDepth += 1 }
        node = child
        continue
      }
      while true {
        if let next = cmark_node_next(node) {
          node = next
          break
        }
        guard let parent = cmark_node_parent(node), parent != root else { return blocks }
        let parentKind = Self.kind(parent)
        if parentKind == .quote { quoteDepth -= 1 }
        if parentKind == .item { itemDepth -= 1 }
        node = parent
      }
    }
  }

  /// The literal of a code or HTML block.
  func literal(_ node: Node) -> String {
    cmark_node_get_literal(node.pointer).map { String(cString: $0) } ?? ""
  }

  /// The info string of a fenced code block, unescaped and trimmed; empty for other blocks.
  func info(_ node: Node) -> String {
    cmark_node_get_fence_info(node.pointer).map { String(cString: $0) } ?? ""
  }

  /// Whether a block is a fenced code block with an info string.
  func hasInfo(_ node: Node) -> Bool {
    cmark_node_get_fence_info(node.pointer).map { $0.pointee != 0 } ?? false
  }

  func headingLevel(_ node: Node) -> Int { Int(cmark_node_get_heading_level(node.pointer)) }

  /// The code spans, empty links and comments of a leaf block.
  func inlines(of leaf: Node) -> Inlines {
    var result = Inlines()
    var imageDepth = 0
    Self.walk(leaf.pointer) { node, entering in
      switch cmark_node_get_type(node) {
      case CMARK_NODE_IMAGE: imageDepth += entering ? 1 : -1
      case CMARK_NODE_CODE:
        result.codes.append(
          (Self.literalText(node), imageDepth > 0, Node(pointer: node)))
      case CMARK_NODE_HTML_INLINE:
        let literal = Self.literalText(node)
        if literal.hasPrefix("<!--=") { result.comments.append(literal) }
      case CMARK_NODE_LINK where entering:
        let isEmpty = cmark_node_first_child(node) == nil
        guard isEmpty || Self.isFollowedByComment(node) else { return }
        let url = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        result.links.append((url, isEmpty, imageDepth > 0, Node(pointer: node)))
      default: break
      }
    }
    return result
  }

  /// The text of a heading without markup, blanks at its ends, inline values and rendered inlines.
  func title(of heading: Node) -> String {
    var title = ""
    var skipped: OpaquePointer?
    Self.walk(heading.pointer) { node, entering in
      if let link = skipped {
        if node == link { skipped = nil }
        return
      }
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT: title += Self.literalText(node)
      case CMARK_NODE_CODE:
        let literal = Self.literalText(node)
        if !literal.hasPrefix("{="), !Self.isFollowedByComment(node) { title += literal }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: title += " "
      case CMARK_NODE_LINK where entering && Self.isFollowedByComment(node): skipped = node
      default: break
      }
    }
    return String(decoding: Array(title.utf8).trimmed, as: UTF8.self)
  }

  /// Puts complete HTML in place of a block.
  func replaceBlock(_ node: Node, html: String) {
    Self.replace(node.pointer, CMARK_NODE_CUSTOM_BLOCK, html)
  }

  /// Puts HTML in place of an inline.
  func replaceInline(_ node: Node, html: String) {
    Self.replace(node.pointer, CMARK_NODE_CUSTOM_INLINE, html)
  }

  /// Puts HTML before the inlines of a heading.
  func prependInline(to heading: Node, html: String) {
    guard let custom = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
    if cmark_node_set_on_enter(custom, html) == 0
      || cmark_node_prepend_child(heading.pointer, custom) == 0
    {
      cmark_node_free(custom)
    }
  }

  /// Takes out the soft line breaks that would show as a blank between two characters of a script
  /// written without blanks (Han, kana, full-width punctuation), also through emphasis and links.
  func joinLinesWithoutBlanks() {
    var last: Unicode.Scalar?
    var pending: OpaquePointer?
    var superfluous: [OpaquePointer] = []
    Self.walk(root) { node, entering in
      switch cmark_node_get_type(node) {
      case CMARK_NODE_SOFTBREAK: pending = node
      case CMARK_NODE_TEXT, CMARK_NODE_CODE:
        let text = Self.literalText(node)
        guard let first = text.unicodeScalars.first else { return }
        if let found = pending, last?.isWrittenWithoutBlanks == true, first.isWrittenWithoutBlanks {
          superfluous.append(found)
        }
        pending = nil
        last = text.unicodeScalars.last
      case CMARK_NODE_EMPH, CMARK_NODE_STRONG, CMARK_NODE_LINK: break
      default:
        // Anything else between two texts, the end of a block included, keeps them apart.
        pending = nil
        last = nil
      }
    }
    for node in superfluous { cmark_node_free(node) }
  }

  /// The whole document as HTML.
  func html(allowHTML: Bool) -> String {
    guard let text = cmark_render_html(root, allowHTML ? CMARK_OPT_UNSAFE : CMARK_OPT_DEFAULT)
    else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(text) }
    return String(cString: text)
  }

  private static func replace(_ node: OpaquePointer, _ type: cmark_node_type, _ html: String) {
    guard let custom = cmark_node_new(type) else { return }
    if cmark_node_set_on_enter(custom, html) == 0 || cmark_node_replace(node, custom) == 0 {
      cmark_node_free(custom)
    } else {
      cmark_node_free(node)
    }
  }

  /// Visits a node and everything in it, on entering and on leaving.
  private static func walk(_ node: OpaquePointer, _ visit: (OpaquePointer, Bool) -> Void) {
    guard let iterator = cmark_iter_new(node) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      visit(node, event == CMARK_EVENT_ENTER)
    }
  }

  private static func isFollowedByComment(_ node: OpaquePointer) -> Bool {
    guard let next = cmark_node_next(node), cmark_node_get_type(next) == CMARK_NODE_HTML_INLINE
    else { return false }
    return literalText(next).hasPrefix("<!--=")
  }

  private static func literalText(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  private static func kind(_ node: OpaquePointer) -> BlockKind {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_LIST: .list
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK: .code
    case CMARK_NODE_HTML_BLOCK: .html
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading
    case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
    default: .other
    }
  }
}

extension CommonmarkTree.BlockKind {
  fileprivate var isContainer: Bool { self == .quote || self == .list || self == .item }
}

extension Unicode.Scalar {
  /// Han, kana, bopomofo, CJK and full-width punctuation; Hangul is written with blanks.
  fileprivate var isWrittenWithoutBlanks: Bool {
    switch value {
    case 0x2E80...0x2FDF, 0x3001...0x303F, 0x3040...0x312F, 0x31A0...0x31FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
