//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/duration_summary.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What a tracked program has measured of one operation of Asio: of all that start at one place, on
/// one kind of object. A plain value, which `operations` returns.
///
/// An operation waits from where it is started until its result is there. Then it is queued until
/// its handler begins, and busy until the handler ends or suspends its coroutine.
struct OperationSnapshot {
  std::string object{};     ///< What executes it, such as "socket" or "deadline_timer".
  std::string operation{};  ///< Its name, such as "async_receive" or "post".
  /// The operation that the program started, such as "async_read". Of that, this one is a step.
  /// Empty if the program started this one itself.
  std::string part_of{};
  /// The line of the `co_await`, or where `BOOST_ASIO_HANDLER_LOCATION` stands. Of a lambda that is
  /// the callback, its own line, where the compiler tells it, as clang does. Else empty.
  std::string file{};
  unsigned line = 0;  ///< From 1; 0 if the file isn't known.
  /// The coroutine that awaits it, or the callback that is called: "session::run", "main() lambda",
  /// the class of a function object, or "session member". Of a pointer to a function, its
  /// parameters are known: "function(int)". Empty if nothing is known, as behind a `std::function`.
  std::string function{};
  std::uint64_t count = 0;  ///< How many of its handlers were called.
  /// Of a step: with how many of these the operation that the program started began. So all steps
  /// of an "async_read" together tell how often the program called it. Nothing of what isn't a
  /// step, nor where that can't be told, as of callbacks.
  std::optional<std::uint64_t> calls{};
  std::uint64_t failed =
      0;  ///< Of the handlers that were called, with an error code. Cancelled ones don't count.
  std::uint64_t cancelled = 0;  ///< Of these, with `operation_aborted`.
  std::uint64_t dropped = 0;    ///< Operations whose handlers were destroyed without a call.
  std::uint64_t open = 0;       ///< Operations that have started, and not ended.
  /// From its start until its result was there. No samples of operations that only execute a
  /// function, such as "post". Where `queued` has no samples, it ends where the handler begins.
  DurationSummary waiting{};
  /// From then until its handler began. No samples of operations where Asio doesn't tell when the
  /// result is there: resolvers, signals, channels, timers of other clocks than `steady_clock`, and
  /// waiting for a socket to be ready.
  DurationSummary queued{};
  /// How long the handler executed. Without other handlers that it executed inline.
  DurationSummary busy{};

  /// Whether all members are equal.
  bool operator==(const OperationSnapshot&) const = default;
};

/// Returns all operations that were started so far, those with the greatest total busy time first.
/// It is empty if the program isn't tracked; doc/tracking.md says how it becomes tracked.
///
/// Throws `std::bad_alloc`. Thread safety: any thread, at any time, except in signal handlers.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<OperationSnapshot> operations();

}  // namespace perf_timer::inline v0_1
