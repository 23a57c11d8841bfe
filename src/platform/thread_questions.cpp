//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "backtrace_here.hpp"
#include "semaphore.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <thread>

#if defined(__APPLE__)
#include <sys/ucontext.h>
#else
#include <ucontext.h>
#endif

namespace perf_timer::inline v0_1::detail {
namespace {

/// How far a question is, and which one it is. One number, so that a signal which comes late never
/// answers another thread's question.
enum Phase : std::uint64_t { idle, taken, asked, answering, answered, given_up, phases = 8 };

/// A place for a question. Whoever has `taken` it writes the thread, and the handler reads it. The
/// handler writes the frames while it is `answering`.
struct Place {
  std::atomic<std::uint64_t> progress{idle};
  std::atomic<std::uint64_t> thread{0};
  std::array<const void*, ThreadQuestions::most_frames> frames{};
  std::size_t frames_size = 0;
};
constinit std::array<Place, ThreadQuestions::most> places{};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);  // the handler needs that

constinit std::atomic<bool> somebody_asks{false};
// Like a place's thread, written before `asked`, with release, and read after it, with acquire.
constinit std::atomic<ThreadQuestions::Answer> asked_for{nullptr};

[[nodiscard]] Phase phase_of(std::uint64_t number) noexcept {
  return static_cast<Phase>(number % phases);
}
[[nodiscard]] std::uint64_t with(Phase phase, std::uint64_t number) noexcept {
  return number - number % phases + phase;
}

/// Wakes who waits for an answer. Never destroyed, because a handler may use it late.
SignalSemaphore& wake_up() noexcept {
  alignas(SignalSemaphore) static std::byte place[sizeof(SignalSemaphore)];
  static SignalSemaphore* const semaphore = new (place) SignalSemaphore;
  return *semaphore;
}

// The other threads aren't in the child, neither those that asked nor those that answered.
[[maybe_unused]] const bool child_asks_anew = at_fork(nullptr, nullptr, [] {
  for (Place& place : places) place.progress.store(with(idle, place.progress.load() + phases));
  somebody_asks.store(false);
  wake_up().begin_anew();
});

[[nodiscard]] const void* instruction(void* context) noexcept {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__) && defined(__linux__)
  return reinterpret_cast<const void*>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__) && defined(__linux__)
  return reinterpret_cast<const void*>(machine.pc);
#elif defined(__aarch64__) && defined(__APPLE__)
  return reinterpret_cast<const void*>(arm_thread_state64_get_pc(machine->__ss));
#elif defined(__x86_64__) && defined(__APPLE__)
  return reinterpret_cast<const void*>(machine->__ss.__rip);
#else
  static_cast<void>(machine);
  return nullptr;
#endif
}

/// Answers the question at a place if it is this thread's.
void answer_at(std::size_t number, const void* interrupted) noexcept {
  Place& place = places[number];
  std::uint64_t now = place.progress.load(std::memory_order_acquire);
  const auto answer = asked_for.load(std::memory_order_relaxed);
  if (phase_of(now) != asked ||
      place.thread.load(std::memory_order_relaxed) != ThreadHandle::current().id() ||
      !place.progress.compare_exchange_strong(now, with(answering, now), std::memory_order_acq_rel))
    return;
  place.frames_size = 0;
  if (answer(number)) place.frames_size = backtrace_here(place.frames, interrupted);
  now = with(answering, now);
  if (place.progress.compare_exchange_strong(now, with(answered, now), std::memory_order_acq_rel))
    wake_up().post();
  else  // who asked has given up meanwhile
    place.progress.store(with(idle, now), std::memory_order_release);
}

void on_question(int, siginfo_t*, void* context) {
  const int error = errno;
  for (std::size_t i = 0; i < places.size(); ++i) answer_at(i, instruction(context));
  errno = error;
}

[[nodiscard]] bool is_ours(const struct sigaction& action) noexcept {
  return (action.sa_flags & SA_SIGINFO) != 0 && action.sa_sigaction == &on_question;
}

[[nodiscard]] bool is_fatal(int signal) noexcept {
  return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL ||
         signal == SIGABRT || signal == SIGTRAP || signal == SIGKILL || signal == SIGSTOP;
}

}  // namespace

int default_question_signal() noexcept {
#if defined(SIGRTMIN)
  return SIGRTMIN + 3;
#else
  return SIGURG;  // ignored unless somebody handles it
#endif
}

std::string use_for_questions(int signal) {
  const std::string number = "signal " + std::to_string(signal);
  struct sigaction before{};
  if (is_fatal(signal) || ::sigaction(signal, nullptr, &before) != 0)
    return number + " can't be used; give one that nobody uses, such as SIGRTMIN + 4";
  if (is_ours(before)) return {};
  if ((before.sa_flags & SA_SIGINFO) != 0 || before.sa_handler != SIG_DFL)
    return number + " is used by the program; give one that nobody uses, such as SIGRTMIN + 4";
  static_cast<void>(wake_up());  // made here, not in the handler
  struct sigaction action{};
  action.sa_sigaction = &on_question;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigfillset(&action.sa_mask);  // the program's own handlers run before or after, not inside
  if (::sigaction(signal, &action, nullptr) != 0) return number + ": " + std::strerror(errno);
  return {};
}

ThreadQuestions::ThreadQuestions(Answer answer) noexcept {
  const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  bool nobody = false;
  while (!(mine_ = somebody_asks.compare_exchange_strong(nobody, true)) &&
         std::chrono::steady_clock::now() < latest) {
    nobody = false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!mine_) return;
  asked_for.store(answer, std::memory_order_relaxed);
  while (wake_up().take_at_once()) {  // an answer that nobody waited for
  }
}

ThreadQuestions::~ThreadQuestions() {
  if (!mine_) return;
  // If a thread has begun to answer and isn't done, nobody asks at its place until it is.
  for (Place& place : places) {
    std::uint64_t now = place.progress.load();
    while (phase_of(now) != idle && phase_of(now) != given_up &&
           !place.progress.compare_exchange_weak(
               now, with(phase_of(now) == answering ? given_up : idle, now))) {
    }
  }
  somebody_asks.store(false);
}

bool ThreadQuestions::take(std::size_t place) noexcept {
  if (!mine_) return false;
  std::uint64_t now = places[place].progress.load();
  return phase_of(now) == idle &&
         places[place].progress.compare_exchange_strong(now, with(taken, now + phases));
}

bool ThreadQuestions::send(std::size_t place, const ThreadHandle& thread, int signal) noexcept {
  struct sigaction now{};
  if (::sigaction(signal, nullptr, &now) != 0 || !is_ours(now)) return false;
  Place& asks = places[place];
  asks.thread.store(thread.id(), std::memory_order_relaxed);
  asks.progress.store(with(asked, asks.progress.load()), std::memory_order_release);
  sent_[place] = thread.send(signal);
  return sent_[place];
}

void ThreadQuestions::wait(std::chrono::milliseconds patience) noexcept {
  const auto until = std::chrono::system_clock::now() + patience;
  while (!are_all_answered() && wake_up().take(until)) {
  }
}

bool ThreadQuestions::is_answered(std::size_t place) const noexcept {
  return sent_[place] &&
         phase_of(places[place].progress.load(std::memory_order_acquire)) == answered;
}

std::span<const void* const> ThreadQuestions::frames(std::size_t place) const noexcept {
  return std::span(places[place].frames).first(places[place].frames_size);
}

bool ThreadQuestions::are_all_answered() const noexcept {
  for (std::size_t i = 0; i < most; ++i)
    if (sent_[i] && !is_answered(i)) return false;
  return true;
}

}  // namespace perf_timer::inline v0_1::detail
