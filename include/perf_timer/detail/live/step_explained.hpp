//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/beacon/beacon.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A step of another thread, as seen by a reader of its beacon.
struct SeenStep {
  std::uint64_t thread = 0;  ///< a `WatchedThread::number`
  const Beacon* beacon = nullptr;
  Beacon::Sight sight = 0;
};

/// What a thread tells of its step, in memory that was there before.
struct StepExplained {
  enum class How {
    explained,   ///< by the thread itself, in that step
    over,        ///< the step has ended
    silent,      ///< the thread doesn't take the signal: it blocks it, or the system is too busy
    impossible,  ///< the signal can't be sent: the program has taken it, or the system refuses
  };
  How how = How::impossible;

  /// As much as there is room for, and whether there was more.
  template <class T, std::size_t Room>
  struct List {
    std::array<T, Room> room{};
    std::size_t size = 0;
    bool more = false;

    [[nodiscard]] std::span<const T> all() const noexcept { return std::span(room).first(size); }
    void add(T one) noexcept {
      if (size < Room)
        room[size++] = one;
      else
        more = true;
    }
  };
  List<std::uint64_t, 32> timers{};  ///< serials, from the inner to the outer steps
  List<std::uint64_t, 32> runs{};    ///< serials of open runs' timers, from inner to outer
  List<const void*, 64> frames{};    ///< from the inner to the outer functions
};

/// A step, and where its thread's answer goes.
struct StepQuestion {
  SeenStep step{};
  StepExplained* answer = nullptr;
};

/// Asks threads by this signal, for which `use_for_questions` was called, what they execute. They
/// are interrupted, and answer themselves, so nothing of them is read by another thread. They
/// neither lock nor allocate there, and nor does this. The calling thread may ask itself. All of
/// them (64 at a time) have together this long to answer. Thread safety: all callers wait for each
/// other.
PERF_TIMER_EXPORT void ask_for_steps(std::span<const StepQuestion> questions, int signal,
                                     bool backtrace, std::chrono::milliseconds patience) noexcept;

/// Returns the names of timers, each once. Of a serial, the low bits are enough. Throws
/// std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<std::string> names_of(
    std::span<const std::uint64_t> serials);

}  // namespace perf_timer::inline v0_1::detail
