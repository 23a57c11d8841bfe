//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "descriptors.hpp"

#include <perf_timer/detail/platform/before_crash.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {
namespace {

// A compiler's trap, such as that of a failed check, is SIGILL on some processors and SIGTRAP on
// others.
constexpr std::array fatal_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};

class Pipe {
 public:
  Pipe() {
    if (!make_pipe(ends_, DescriptorWaits::yes))
      throw std::system_error(errno, std::generic_category(),
                              "report_on_crash: cannot create a pipe");
    // If standard descriptors are closed, the pipe must not take their places: what the program
    // prints would go to it.
    for (int& end : ends_) {
      if (end > STDERR_FILENO) continue;
      const int above = ::fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
      const int error = errno;
      ::close(end);
      end = above;
      if (above < 0)
        throw std::system_error(error, std::generic_category(),
                                "report_on_crash: cannot create a pipe");
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int end : ends_) ::close(end);
  }

  // These two are safe in a signal handler.
  void send() const noexcept {
    const char byte = 0;
    while (::write(ends_[1], &byte, 1) < 0 && errno == EINTR) {
    }
  }
  /// Returns whether something was sent. Another signal's handler doesn't end the wait.
  [[nodiscard]] bool wait(std::chrono::milliseconds at_most) const noexcept {
    using std::chrono::milliseconds, std::chrono::steady_clock;
    const auto end = steady_clock::now() + at_most;
    pollfd poll{.fd = ends_[0], .events = POLLIN, .revents = 0};
    for (;;) {
      const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now()).count();
      const int ready = ::poll(&poll, 1, static_cast<int>(left > 0 ? left : 0));
      if (ready >= 0 || errno != EINTR) return ready == 1;
    }
  }

  [[nodiscard]] bool receive() const noexcept {
    char byte = 0;
    ssize_t n = 0;
    while ((n = ::read(ends_[0], &byte, 1)) < 0 && errno == EINTR) {
    }
    return n == 1;
  }

 private:
  std::array<int, 2> ends_{};
};

/// Never destroyed, because a process can crash at any time.
struct CrashReporter {
  std::function<void()> report, impatient;
  std::chrono::milliseconds patience;
  Pipe crashed, reported;
  pid_t process = ::getpid();
  std::atomic_flag is_crashing;
  std::array<struct sigaction, fatal_signals.size()> before{};

  CrashReporter(std::function<void()> what, std::function<void()> otherwise,
                std::chrono::milliseconds wait)
      : report(std::move(what)), impatient(std::move(otherwise)), patience(wait) {}
};

std::atomic<CrashReporter*> crash_reporter{nullptr};

void on_crash(int signal_number) {
  CrashReporter& self = *crash_reporter.load();
  const int error = errno;
  if (::getpid() == self.process) {
    // If several threads crash, the first starts the report, and all of them wait for it.
    const bool first = !self.is_crashing.test_and_set();
    if (first) self.crashed.send();
    if (!self.reported.wait(self.patience) && first) self.impatient();
  }
  for (std::size_t i = 0; i < fatal_signals.size(); ++i)
    if (fatal_signals[i] == signal_number) ::sigaction(signal_number, &self.before[i], nullptr);
  errno = error;
  ::raise(signal_number);  // is delivered when this function returns
}

/// A thread's stack for signal handlers. Below it is a page that can't be touched, so that a
/// handler which needs more dies at once.
class SignalStack {
 public:
  SignalStack() {
    stack_t present{};
    if (::sigaltstack(nullptr, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
    void* const memory =
        ::mmap(nullptr, guard + size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fail();
    memory_ = memory;
    stack_t mine{};  // systems order its members differently
    mine.ss_sp = stack();
    mine.ss_size = size;
    if (::mprotect(stack(), size, PROT_READ | PROT_WRITE) != 0 ||
        ::sigaltstack(&mine, nullptr) != 0) {
      const int error = errno;
      ::munmap(memory_, guard + size);
      errno = error;
      fail();
    }
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;
  ~SignalStack() {
    if (!memory_) return;
    stack_t present{};
    ::sigaltstack(nullptr, &present);
    if (present.ss_sp == stack()) {
      stack_t none{};
      none.ss_flags = SS_DISABLE;
      ::sigaltstack(&none, nullptr);
    }
    ::munmap(memory_, guard + size);
  }

 private:
  // Handlers that were there before `report_on_crash` run on it as well. Both are multiples of any
  // page's size.
  static constexpr std::size_t size = std::size_t{256} << 10, guard = std::size_t{64} << 10;

  [[nodiscard]] void* stack() const noexcept { return static_cast<std::byte*>(memory_) + guard; }
  [[noreturn]] static void fail() {
    throw std::system_error(errno, std::generic_category(),
                            "use_crash_stack: cannot make a stack for signals");
  }

  void* memory_ = nullptr;  // null if the thread had a stack
};

}  // namespace

void give_signal_stack() {
  static thread_local const SignalStack stack;
  static_cast<void>(stack);
}

bool before_crash(std::function<void()> report, std::function<void()> impatient,
                  std::chrono::milliseconds patience) {
  auto made = std::make_unique<CrashReporter>(std::move(report), std::move(impatient), patience);
  CrashReporter* none = nullptr;
  if (!crash_reporter.compare_exchange_strong(none, made.get())) return false;
  CrashReporter& self = *made.release();

  const SignalsBlocked blocked;
  std::thread([&self] {
    if (!self.crashed.receive()) return;
    self.report();
    self.reported.send();
  }).detach();

  struct sigaction action{};
  action.sa_handler = &on_crash;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < fatal_signals.size(); ++i)
    ::sigaction(fatal_signals[i], &action, &self.before[i]);
  return true;
}

}  // namespace perf_timer::inline v0_1::detail
