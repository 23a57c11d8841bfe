//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/beacon/beacon.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/static_mutex.hpp>
#include <perf_timer/detail/platform/thread_handle.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A thread that has executed a step and hasn't ended.
struct WatchedThread {
  std::uint64_t number = 0;  ///< identifies the thread; never reused
  ThreadHandle handle;
  Ticks since = 0;            ///< when it executed its first step
  Beacon* beacons = nullptr;  ///< the first one

  // Used by the list of all threads.
  WatchedThread* previous = nullptr;
  WatchedThread* next = nullptr;
  bool ended = false;
};

/// Keeps the list as it is while it lives: threads that begin or end wait. Whoever has it neither
/// allocates nor takes another lock, so that a stall watch can look while nobody gets memory.
class PERF_TIMER_EXPORT WatchedThreads {
 public:
  WatchedThreads();
  /// Calls `reserve(size)`, which may allocate, before it takes the list of no more threads.
  template <class Reserve>
  explicit WatchedThreads(const Reserve& reserve) : WatchedThreads() {
    for (std::size_t enough = 0; size() > enough;) {
      enough = size() + size() / 4 + 8;
      lock_.unlock();
      reserve(enough);
      lock_.lock();
    }
  }

  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t n = 0;
    for_each([&](const WatchedThread&) { ++n; });
    return n;
  }

  /// Calls `action(const WatchedThread&)` for each.
  template <class Action>
  void for_each(Action action) const {
    for (const WatchedThread* t = first(); t; t = t->next) action(*t);
  }

  /// Looks at all beacons, and calls `action(const WatchedThread&, const Beacon&, const Sighting&,
  /// Ticks before)` for each. `now()` is asked for the time `before` the first of them, and again
  /// when one has changed: whoever looks may have to wait for a processor in between. Returns
  /// `before`.
  template <class Now, class Action>
  Ticks look(const Now& now, Action action) {
    const Ticks before = now();
    for (const WatchedThread* t = first(); t; t = t->next)
      for (Beacon* b = t->beacons; b; b = b->next()) {
        Sighting& known = b->sighting();
        if (const Beacon::Sight sight = b->seen(); sight != known.sight)
          known = saw(*t, sight, now());
        action(*t, *b, std::as_const(known), before);
      }
    looked_at(before);
    return before;
  }

  /// Returns the calling thread; null if it has executed no step, or ends. It may be called in a
  /// signal handler, and without an object of this class.
  [[nodiscard]] static const WatchedThread* this_one() noexcept;

 private:
  [[nodiscard]] static const WatchedThread* first() noexcept;
  [[nodiscard]] static Sighting saw(const WatchedThread& thread, Beacon::Sight sight,
                                    Ticks at) noexcept;
  static void looked_at(Ticks now) noexcept;

  std::unique_lock<StaticMutex> lock_;
};

}  // namespace perf_timer::inline v0_1::detail
