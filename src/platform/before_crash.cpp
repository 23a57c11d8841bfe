//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/before_crash.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::array fatal_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw std::system_error(errno, std::generic_category(),
                              "report_on_crash: cannot create a pipe");
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
  void wait(int milliseconds) const noexcept {
    pollfd poll{.fd = ends_[0], .events = POLLIN, .revents = 0};
    ::poll(&poll, 1, milliseconds);
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
  std::function<void()> report;
  std::chrono::milliseconds patience;
  Pipe crashed, reported;
  pid_t process = ::getpid();
  std::atomic_flag is_crashing;
  std::array<struct sigaction, fatal_signals.size()> before{};

  CrashReporter(std::function<void()> what, std::chrono::milliseconds wait)
      : report(std::move(what)), patience(wait) {}
};

std::atomic<CrashReporter*> crash_reporter{nullptr};

void on_crash(int signal_number) {
  CrashReporter& self = *crash_reporter.load();
  const int error = errno;
  if (::getpid() == self.process) {
    // If several threads crash, the first starts the report, and all of them wait for it.
    if (!self.is_crashing.test_and_set()) self.crashed.send();
    self.reported.wait(static_cast<int>(self.patience.count()));
  }
  for (std::size_t i = 0; i < fatal_signals.size(); ++i)
    if (fatal_signals[i] == signal_number) ::sigaction(signal_number, &self.before[i], nullptr);
  errno = error;
  ::raise(signal_number);  // is delivered when this function returns
}

}  // namespace

bool before_crash(std::function<void()> report, std::chrono::milliseconds patience) {
  auto made = std::make_unique<CrashReporter>(std::move(report), patience);
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
