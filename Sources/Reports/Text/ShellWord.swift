extension String {
  /// One word of a POSIX shell: as it is where that is safe, else in single quotes.
  package var quotedForShell: String {
    let isSafe =
      !isEmpty
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_./=+:,@%".unicodeScalars.contains($0)
      }
    if isSafe { return self }
    let pieces = split(separator: "'", omittingEmptySubsequences: false)
    return "'" + pieces.joined(separator: "'\\''") + "'"
  }
}
