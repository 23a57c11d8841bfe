//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/thread_handle.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// The signal by which threads are asked if nobody chooses another one: `SIGRTMIN + 3`; 0 on
/// Windows, where it takes none.
[[nodiscard]] PERF_TIMER_EXPORT int default_question_signal() noexcept;

/// Installs a handler for this signal, unless it is ours already. It stays to the end of the
/// process, because a signal may still be under way when nobody asks any more. System calls go on
/// after it, as far as the system lets them (`SA_RESTART`). Returns what is wrong, such as that the
/// program uses the signal; nothing if nothing is.
[[nodiscard]] PERF_TIMER_EXPORT std::string use_for_questions(int signal);

/// Questions to other threads. Each is interrupted by a signal, and answers in the handler. All are
/// asked first, so that a thread that doesn't answer keeps nobody from it. Windows has no such
/// signals: the thread that asks suspends each other one, and answers in its place. The process has
/// one object of this at a time; the constructor waits for its turn.
class PERF_TIMER_EXPORT ThreadQuestions {
 public:
  static constexpr std::size_t most = 64;

  static constexpr std::size_t most_frames = 65;

  /// Who calls an answer: the asked thread, in a signal handler; or else the asking one, in `send`,
  /// while the asked thread is suspended.
#if defined(_WIN32)
  static constexpr bool asked_thread_answers = false;
#else
  static constexpr bool asked_thread_answers = true;
#endif

  /// Called with the place of the question. Returns whether where the thread is shall be found out
  /// as well. It neither allocates nor locks. What it writes to must live to the end of the
  /// process: a thread may not have finished its answer when `wait` has given up.
  using Answer = bool (*)(std::size_t place) noexcept;

  explicit ThreadQuestions(Answer answer) noexcept;
  ThreadQuestions(const ThreadQuestions&) = delete;
  ThreadQuestions& operator=(const ThreadQuestions&) = delete;
  ~ThreadQuestions();

  /// Returns whether a question may be put at this place, below `most`. If not, it isn't this one's
  /// turn, or an earlier answer at that place isn't finished. What the answer reads may be written
  /// then.
  [[nodiscard]] bool take(std::size_t place) noexcept;
  /// Asks; called once for each place that was taken. The thread must not end before it returns.
  /// Returns false if the thread can't be asked: the signal isn't ours any more, or the system
  /// refuses.
  [[nodiscard]] bool send(std::size_t place, const ThreadHandle& thread, int signal) noexcept;

  /// Waits for the answers to all that was sent. Those that don't come in time never do: the thread
  /// blocks the signal, say.
  void wait(std::chrono::milliseconds patience) noexcept;
  /// Returns whether the answer has come.
  [[nodiscard]] bool is_answered(std::size_t place) const noexcept;
  /// Returns where the thread was when it answered: from inner to outer functions, each an address
  /// inside the instruction that executes or calls, not behind it. Called after `wait`. Empty if
  /// it wasn't wanted, if `prepare_backtraces` wasn't called, or if it can't be found out.
  [[nodiscard]] std::span<const void* const> frames(std::size_t place) const noexcept;

 private:
  [[nodiscard]] bool are_all_answered() const noexcept;

  bool mine_ = false;  // nobody else asks
  std::array<bool, most> sent_{};
};

}  // namespace perf_timer::inline v0_1::detail
