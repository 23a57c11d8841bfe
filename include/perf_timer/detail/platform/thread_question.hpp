//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/thread_handle.hpp>

#include <chrono>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// The signal by which threads are asked if nobody chooses another one: `SIGRTMIN + 3`.
[[nodiscard]] PERF_TIMER_EXPORT int default_question_signal() noexcept;

/// Installs a handler for this signal, unless it is ours already. It stays to the end of the
/// process, because a signal may still be under way when nobody asks any more. System calls go on
/// after it, as far as the system lets them (`SA_RESTART`). Returns what is wrong, such as that the
/// program uses the signal; nothing if nothing is.
[[nodiscard]] PERF_TIMER_EXPORT std::string use_for_questions(int signal);

/// A question to another thread, which is interrupted by a signal, and answers in the handler. The
/// process has one at a time; the constructor waits for its turn.
class PERF_TIMER_EXPORT ThreadQuestion {
 public:
  /// Called on the asked thread, in a signal handler: with `to`, and the address of the instruction
  /// that was interrupted (null if the processor isn't known).
  using Answer = void (*)(void* to, const void* interrupted) noexcept;

  /// What `to` points to must live to the end of the process: a thread may not have finished its
  /// answer when `wait` has given up.
  ThreadQuestion(Answer answer, void* to) noexcept;
  ThreadQuestion(const ThreadQuestion&) = delete;
  ThreadQuestion& operator=(const ThreadQuestion&) = delete;
  ~ThreadQuestion();

  /// Returns whether it is this one's turn. If not, because an earlier answer takes longer than a
  /// second, nothing can be asked.
  [[nodiscard]] bool has_its_turn() const noexcept { return mine_; }

  /// Sends the signal; called once. The thread must not end before it returns. Returns false if the
  /// thread can't be asked: the signal isn't ours any more, or the system refuses.
  [[nodiscard]] bool send(const ThreadHandle& thread, int signal) noexcept;

  /// Waits for the answer. Returns false if there is none: the thread blocks the signal, say.
  [[nodiscard]] bool wait(std::chrono::milliseconds patience) noexcept;

 private:
  bool mine_ = false;  // nobody else's question is under way
};

}  // namespace perf_timer::inline v0_1::detail
