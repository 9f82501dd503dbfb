internal import CCmark

/// The library that decides what is a block.
package enum CommonMarkLibrary {
  /// Version of the library in use, such as `0.30.2`.
  package static var version: String { String(cString: cmark_version_string()) }
}
