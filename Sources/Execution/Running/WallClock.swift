internal import Glibc

/// The time of day, for run logs only: no result and no decision depends on it.
enum WallClock {
  /// Whole seconds since 1970, UTC.
  static var secondsSince1970: Int {
    var now = timespec()
    return clock_gettime(CLOCK_REALTIME, &now) == 0 ? now.tv_sec : 0
  }
}
