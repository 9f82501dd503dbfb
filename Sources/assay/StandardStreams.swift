internal import Glibc

/// Standard output, for results, and standard error, for everything said on the way.
enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Whether a person is looking at a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Whether to colour: a terminal, `NO_COLOR` not set, `TERM` not `dumb`.
  var wantsColor: Bool {
    guard isTerminal else { return false }
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
    if let term = getenv("TERM"), String(cString: term) == "dumb" { return false }
    return true
  }

  /// Columns of the terminal; 80 where there is none or it does not say.
  var columns: Int {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes all of the text; a reader that went away ends the writing silently.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[written...])
        let count = Glibc.write(rawValue, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return
        }
        written += count
      }
    }
  }
}
