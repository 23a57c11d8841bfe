//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_on_crash.hpp>

#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/write_report.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace perf_timer::inline v0_1 {
namespace {

constexpr std::array fatal_signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw std::system_error(errno, std::generic_category(), "report_on_crash: pipe");
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

/// Never destroyed, as a process can crash at any time.
struct CrashReporter {
  CrashReportOptions options;
  Pipe crashed, reported;
  pid_t process = ::getpid();
  std::atomic_flag is_crashing;
  std::array<struct sigaction, fatal_signals.size()> before{};
};

std::atomic<CrashReporter*> reporter{nullptr};

void write_all(int file, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t n = ::write(file, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;  // nobody is left to tell
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

void write_crash_report(const std::filesystem::path& path) noexcept {
  try {
    std::ostringstream table;
    write_report(table);
    const std::string text = std::move(table).str();
    if (path.empty()) return write_all(STDERR_FILENO, text);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return;
    write_all(file, text);
    ::fsync(file);
    ::close(file);
  } catch (...) {
  }
}

void on_crash(int signal_number) {
  CrashReporter& self = *reporter.load();
  const int error = errno;
  if (::getpid() == self.process) {
    // Of several threads that crash, the first has it reported, and the others wait as well.
    if (!self.is_crashing.test_and_set()) self.crashed.send();
    self.reported.wait(static_cast<int>(self.options.patience.count()));
  }
  for (std::size_t i = 0; i < fatal_signals.size(); ++i)
    if (fatal_signals[i] == signal_number) ::sigaction(signal_number, &self.before[i], nullptr);
  errno = error;
  ::raise(signal_number);  // comes when this function returns
}

}  // namespace

void report_on_crash(CrashReportOptions options) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
  if (options.patience < std::chrono::milliseconds::zero() || options.patience > longest)
    throw std::invalid_argument("report_on_crash: patience is " +
                                std::to_string(options.patience.count()) +
                                " ms; give how long a crash may wait, such as 2s");
  auto made = std::make_unique<CrashReporter>();
  made->options = std::move(options);
  CrashReporter* none = nullptr;
  if (!reporter.compare_exchange_strong(none, made.get()))
    throw std::logic_error("report_on_crash: was called before; call it once");
  CrashReporter& self = *made.release();

  const detail::SignalsBlocked blocked;
  std::thread([&self] {
    if (!self.crashed.receive()) return;
    write_crash_report(self.options.file);
    self.reported.send();
  }).detach();

  struct sigaction action{};
  action.sa_handler = &on_crash;
  action.sa_flags = SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < fatal_signals.size(); ++i)
    ::sigaction(fatal_signals[i], &action, &self.before[i]);
}

}  // namespace perf_timer::inline v0_1
