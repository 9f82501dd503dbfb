internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Keeps the program alive when another process cuts a file that is mapped here.
///
/// Whoever touches a page beyond the file's new end gets SIGBUS. The handler puts a page of zeros
/// there and notes it; the reader goes on and finds out afterwards that its file is torn. A SIGBUS
/// of any other cause goes where it went before.
enum MappingGuard {
  /// Files that can be mapped at a time.
  static let capacity = 256

  /// One mapping; free while `start` is 0.
  private struct Slot: ~Copyable {
    let start = Atomic<UInt>(0)
    let end = Atomic<UInt>(0)
    let isTorn = Atomic<Bool>(false)
  }

  /// What the handler reads: memory that is there before it is installed, and never moves.
  private struct Table: @unchecked Sendable {
    // Unchecked: slots are atomic; the rest is written before the handler is installed.
    let slots: UnsafeMutablePointer<Slot>
    let previous: UnsafeMutablePointer<sigaction>
    let pageSize: UInt
  }

  private static let table = makeTable()
  private static let entering = Mutex(())

  /// Watches over a mapping; nil when there are too many.
  static func enter(_ start: UnsafeMutableRawPointer, count: Int) -> Int? {
    entering.withLock { _ in
      for index in 0..<capacity where table.slots[index].start.load(ordering: .relaxed) == 0 {
        let begin = UInt(bitPattern: start)
        table.slots[index].isTorn.store(false, ordering: .relaxed)
        table.slots[index].end.store(begin + UInt(count), ordering: .relaxed)
        table.slots[index].start.store(begin, ordering: .releasing)
        return index
      }
      return nil
    }
  }

  /// Forgets a mapping, before it is unmapped.
  static func leave(_ slot: Int) {
    table.slots[slot].start.store(0, ordering: .releasing)
  }

  /// Whether bytes were missing when somebody looked at them.
  static func isTorn(_ slot: Int) -> Bool {
    table.slots[slot].isTorn.load(ordering: .acquiring)
  }

  private static func makeTable() -> Table {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
    for index in 0..<capacity { (slots + index).initialize(to: Slot()) }
    let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 1)
    previous.initialize(to: sigaction())
    let table = Table(
      slots: slots, previous: previous, pageSize: UInt(max(1, sysconf(Int32(_SC_PAGESIZE)))))
    install(table)
    return table
  }

  private static func install(_ table: Table) {
    let handler:
      @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?)
        -> Void = { _, information, _ in MappingGuard.mend(information) }
    var action = sigaction()
    #if canImport(Glibc)
      action.__sigaction_handler.sa_sigaction = handler
    #elseif canImport(Musl)
      action.__sa_handler.sa_sigaction = handler
    #endif
    action.sa_flags = Int32(SA_SIGINFO) | Int32(SA_ONSTACK)
    sigaction(SIGBUS, &action, table.previous)
  }

  /// Runs in the handler: no allocation, no lock, nothing but atomics and system calls.
  ///
  /// The table is complete, since a mapping was entered; before that there is no handler.
  private static func mend(_ information: UnsafeMutablePointer<siginfo_t>?) {
    let saved = errno
    #if canImport(Glibc)
      let place = information?.pointee._sifields._sigfault.si_addr
    #elseif canImport(Musl)
      let place = information?.pointee.__si_fields.__sigfault.si_addr
    #endif
    let address = UInt(bitPattern: place)
    var index = 0
    while index < capacity {
      let start = table.slots[index].start.load(ordering: .acquiring)
      if start != 0, address >= start, address < table.slots[index].end.load(ordering: .relaxed) {
        table.slots[index].isTorn.store(true, ordering: .releasing)
        let page = UnsafeMutableRawPointer(bitPattern: address & ~(table.pageSize - 1))
        let zeros = mmap(
          page, Int(table.pageSize), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
        errno = saved
        if zeros == page { return }
        break
      }
      index += 1
    }
    // The touch happens again, under whatever was installed before.
    sigaction(SIGBUS, table.previous, nil)
    errno = saved
  }
}
