//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "memory_for_stacks.hpp"
#include "stack_copy.hpp"

#include <perf_timer/detail/platform/thread_questions.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// A place for a question. Only the thread that asks uses it.
struct Place {
  bool is_taken = false, is_answered = false;
  StackCopy stack;
  std::array<const void*, ThreadQuestions::most_frames> frames{};
  std::size_t frames_size = 0;
};
constinit std::array<Place, ThreadQuestions::most> places{};

constinit SRWLOCK somebody_asks = SRWLOCK_INIT;
constinit ThreadQuestions::Answer asked_for = nullptr;

/// A thread that does nothing as long as this lives.
class SuspendedThread {
 public:
  explicit SuspendedThread(const ThreadHandle& thread) noexcept
      : handle_(::OpenThread(THREAD_SUSPEND_RESUME | THREAD_GET_CONTEXT, FALSE,
                             static_cast<DWORD>(thread.id()))),
        is_suspended_(handle_ && ::SuspendThread(handle_) != static_cast<DWORD>(-1)) {}
  SuspendedThread(const SuspendedThread&) = delete;
  SuspendedThread& operator=(const SuspendedThread&) = delete;
  ~SuspendedThread() {
    if (is_suspended_) ::ResumeThread(handle_);
    if (handle_) ::CloseHandle(handle_);
  }

  /// The system suspends a thread some time later. It has when this returns true.
  [[nodiscard]] bool get(CONTEXT& registers) const noexcept {
    return is_suspended_ && ::GetThreadContext(handle_, &registers);
  }

 private:
  HANDLE handle_;
  bool is_suspended_;
};

/// Nothing that is called here may wait for what the thread may have locked.
void answer(std::size_t number, Place& place) noexcept {
  if (asked_for(number)) place.stack.copy();
}

}  // namespace

int default_question_signal() noexcept { return 0; }

std::string use_for_questions(int signal) {
  if (signal == 0) return {};
  return "signal " + std::to_string(signal) +
         " can't be used: on Windows threads are asked without one; leave it 0";
}

ThreadQuestions::ThreadQuestions(Answer answer) noexcept : mine_(true) {
  ::AcquireSRWLockExclusive(&somebody_asks);
  asked_for = answer;
  for (std::size_t i = 0; i < most; ++i) {
    Place& place = places[i];
    place.is_taken = place.is_answered = false;
    place.frames_size = 0;
    place.stack.forget();
    place.stack.use(memory_for_stack(i));
  }
}

ThreadQuestions::~ThreadQuestions() { ::ReleaseSRWLockExclusive(&somebody_asks); }

bool ThreadQuestions::take(std::size_t place) noexcept {
  return mine_ && !std::exchange(places[place].is_taken, true);
}

bool ThreadQuestions::send(std::size_t place, const ThreadHandle& thread, int) noexcept {
  Place& asked = places[place];
  CONTEXT& registers = asked.stack.registers();
  registers.ContextFlags = CONTEXT_CONTROL | CONTEXT_INTEGER;
  if (thread.id() == ::GetCurrentThreadId()) {
    ::RtlCaptureContext(&registers);
    answer(place, asked);
  } else {
    const SuspendedThread suspended(thread);
    if (!suspended.get(registers)) return false;
    answer(place, asked);
  }
  asked.is_answered = sent_[place] = true;
  return true;
}

void ThreadQuestions::wait(std::chrono::milliseconds) noexcept {
  for (Place& place : places)
    if (place.is_answered) place.frames_size = place.stack.walk(place.frames);
}

bool ThreadQuestions::is_answered(std::size_t place) const noexcept {
  return places[place].is_answered;
}

std::span<const void* const> ThreadQuestions::frames(std::size_t place) const noexcept {
  return std::span(places[place].frames).first(places[place].frames_size);
}

bool ThreadQuestions::are_all_answered() const noexcept {
  return std::ranges::all_of(places, [](const Place& place) { return place.is_answered; });
}

}  // namespace perf_timer::inline v0_1::detail
