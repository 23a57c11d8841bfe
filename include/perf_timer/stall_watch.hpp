//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/stack_frame.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1 {

/// A step that executes, or executed, for longer than a watch allows; or a run that is, or was,
/// open for longer. Written with `<<`, it is some lines for people.
struct Stall {
  /// How long the step has executed at least: since the watch first saw it.
  std::chrono::nanoseconds lasted{};
  /// How long it has executed at most: since somebody looked before that. Nothing if nobody did.
  std::optional<std::chrono::nanoseconds> lasted_at_most = {};
  /// The step has ended. If it was told before, it is told again, without `frames`.
  bool over = false;

  std::uint64_t thread = 0;      ///< as debuggers and `top -H` show it
  std::string thread_name = {};  ///< empty if it has none
  /// The timers of which the step is a run, because their `wrap` returned its executor; also those
  /// of the steps around, from inner to outer.
  std::vector<std::string> timers = {};
  bool more_timers = false;  ///< There are more than 32, and the outer ones are left out.
  /// The timers of the open runs on whose behalf the step executes, from inner to outer.
  std::vector<std::string> runs = {};
  bool more_runs = false;  ///< Likewise.
  /// How many functions wait, when the stall is told, on executors that the first of `timers`
  /// wraps. All of them wait behind this step if these executors are one strand, or of one thread.
  /// Nothing if there is no such timer, or if it couldn't be asked.
  std::optional<std::uint64_t> waiting = {};
  /// From the function that executes to those which wait for it; at most 64.
  std::vector<StackFrame> frames = {};
  bool more_frames = false;  ///< There are more than 64, and the outer ones are left out.
  /// Why `timers`, `runs` and `frames` are empty, if the thread couldn't be asked, or the step
  /// ended before it was; else empty.
  std::string unexplained = {};

  /// The share of `lasted` in which the thread was on a processor, from 0 to 1. A step that
  /// computes has about 1; one that blocks, or whose thread others keep from the processor, has
  /// less. Nothing where the system can't tell, and once the step is over.
  std::optional<double> on_processor = {};

  /// If set, it isn't a step but this run, as it was last seen. `lasted` is how long it has been
  /// open at least; once it is `over`, `lasted_at_most` is how long it was open at most. Nothing is
  /// known of a thread.
  std::optional<OpenRun> open_run = {};

  /// How many steps weren't told since the last one that was, because there were too many. If no
  /// other one comes, their number is told alone when the minute is over, or the watch ends: then
  /// `lasted` is zero, and nothing is set but `held_back` and `held_back_runs`.
  std::uint64_t held_back = 0;
  /// The same of open runs.
  std::uint64_t held_back_runs = 0;
};

/// Writes a stall as it is to be read: lines without a newline at the end. In names of threads and
/// timers, quotes, backslashes and control characters are escaped.
PERF_TIMER_EXPORT std::ostream& operator<<(std::ostream& out, const Stall& stall);

/// What a stall watch looks for, and what it does then.
struct StallWatchOptions {
  /// How long a step may execute. At least 1 ms. The watch looks four times in that time. A longer
  /// step is told while it lasts, at the latest after one and a half times as long.
  std::chrono::nanoseconds longer_than = std::chrono::milliseconds{100};
  /// How long a run may be open; zero stands for ever. At least 1 ms. Runs that are open for longer
  /// are told once, after one and a quarter times as long at the latest, and again when they have
  /// ended. These are the runs that `open_runs` returns. A session that lives for hours is one,
  /// too, if it is measured.
  std::chrono::nanoseconds open_longer_than = std::chrono::nanoseconds::zero();
  /// Called on a thread of the watch with each stall, and again when it is over. While it takes its
  /// time, stalls are seen and wait for it; when 1000 wait, the others are only counted. It may
  /// throw, which is ignored. It must not destroy the watch. An empty function stands for standard
  /// error.
  std::function<void(const Stall&)> sink = {};
  /// At most so many steps are told in a minute, and at most so many open runs, so that these keep
  /// no step from being told. At least 1. Of the others, only the number is told.
  unsigned most_per_minute = 10;

  /// Where a plain report of a step goes, in case that the sink can't be told of it while it lasts:
  /// a file descriptor. A negative number stands for none. See `watch_stalls`.
  int plain_to = 2;

  /// Ask the stuck thread by a signal. If false, no signal is sent, and a stall has no
  /// `timers`, `runs` and `frames`. On Windows, the thread is suspended for some microseconds
  /// instead, and nothing ends early.
  ///
  /// What the step waits in is interrupted by the signal, and goes on, if the system can restart
  /// it. What can't be restarted ends early, as for any signal: `poll`, `epoll_wait`, `select`,
  /// `nanosleep`, `sleep`, `sem_timedwait`, a `recv` with a timeout of its socket, and others that
  /// signal(7) lists.
  bool ask = true;
  /// The signal. The program must not use it, nor block it on threads that execute steps. Zero
  /// stands for `SIGRTMIN + 3`. On Windows it must be zero.
  int signal = 0;
  /// Let the thread tell where in the program it is.
  bool backtrace = true;
  /// Finds the functions of a backtrace, on the sink's thread. An empty function stands for what
  /// the dynamic linker knows: names of exported functions, and no lines. `perf_timer::stacktrace`
  /// has one that knows more.
  SymbolsFunction symbols = {};
};

/// Watches for stalls as long as it lives; see `watch_stalls`. Movable. Its destructor tells
/// what waits for the sink, and which of the stalls that were told have ended since the last look.
/// Thread safety: distinct objects safe.
class PERF_TIMER_EXPORT StallWatch {
 public:
  StallWatch(StallWatch&&) noexcept;  ///< Takes over the watch.
  StallWatch& operator=(
      StallWatch&&) noexcept;  ///< Ends this one's watch, and takes the other over.
  ~StallWatch();

 private:
  friend StallWatch watch_stalls(StallWatchOptions options);

  struct Watching;
  explicit StallWatch(std::unique_ptr<Watching> watching) noexcept;

  std::unique_ptr<Watching> watching_;
};

/// Watches all threads that execute steps on instrumented executors, on a thread of its own, and
/// tells on other ones, so that neither symbols nor the sink keep it from looking. A step
/// that executes for too long is told while it lasts: its thread can't tell anybody. Functions of
/// executors without a timer are steps as well; what executes on plain executors isn't seen.
///
/// A step may be stuck while no thread gets memory, such as in the program's own `operator new`.
/// The thread that looks allocates nothing. If the others don't come to it within half of
/// `longer_than` more, or don't find its functions within 5 s, it writes a plain report to
/// `plain_to`: thread, timers, and addresses as `addr2line` takes them. The sink gets the stall as
/// soon as there is memory.
///
/// In the child of a fork nobody watches, until the child calls this itself.
///
/// Several watches may live at once. Thread safety: any thread. Throws `std::invalid_argument` if
/// an option is out of range, or if the program uses the signal, and `std::system_error` if no
/// thread can be created.
[[nodiscard]] PERF_TIMER_EXPORT StallWatch watch_stalls(StallWatchOptions options = {});

}  // namespace perf_timer::inline v0_1
