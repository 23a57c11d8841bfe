//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "descriptors.hpp"

#include <perf_timer/detail/platform/call_on_signal.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::pair<std::string_view, int> signals[] = {
    {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"HUP", SIGHUP},    {"QUIT", SIGQUIT},
    {"INT", SIGINT},   {"TERM", SIGTERM}, {"WINCH", SIGWINCH}};

int write_end = -1;
long owner = 0;

void wake(int) {
  if (process_id() != owner) return;  // the child of a fork would wake its parent
  const int before = errno;
  static_cast<void>(!::write(write_end, "", 1));
  errno = before;
}

std::error_code last_error() { return {errno, std::generic_category()}; }

bool can_be_handled(int number) noexcept {
  if (number <= 0 || number == SIGKILL || number == SIGSTOP) return false;
#if defined(SIGRTMIN)
  // The C library keeps those between the classic signals and SIGRTMIN for itself.
  return number <= SIGSYS || (SIGRTMIN <= number && number <= SIGRTMAX);
#else
  return number < NSIG;
#endif
}

/// Returns the same file as a descriptor that isn't a standard one, so that the program can't take
/// it for one that was closed. Negative if that fails.
int above_standard(int file) {
  if (file > STDERR_FILENO) return file;
  const int above = ::fcntl(file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  ::close(file);
  return above;
}

}  // namespace

std::error_code call_on_signal(int signal, void (*call)(void*), void* context) {
  std::array<int, 2> ends{};
  if (!make_pipe(ends, DescriptorWaits::yes)) return last_error();
  const int read_end = above_standard(ends[0]);
  write_end = above_standard(ends[1]);
  if (read_end < 0 || write_end < 0) return last_error();
  static_cast<void>(::fcntl(write_end, F_SETFL, O_NONBLOCK));
  owner = process_id();
  {
    const SignalsBlocked blocked;  // by the thread too
    std::thread([read_end, call, context] {
      for (char woken; ::read(read_end, &woken, 1) == 1;) call(context);
    }).detach();
  }
  struct sigaction action = {};
  action.sa_handler = wake;
  action.sa_flags = SA_RESTART;
  return ::sigaction(signal, &action, nullptr) == 0 ? std::error_code() : last_error();
}

std::optional<int> signal_of(std::string_view text) noexcept {
  if (text.starts_with("SIG")) text.remove_prefix(3);
  for (const auto& [name, number] : signals)
    if (text == name) return number;
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || !can_be_handled(number)) return {};
  return number;
}

}  // namespace perf_timer::inline v0_1::detail
