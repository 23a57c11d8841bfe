//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "report_signal.hpp"

#include <perf_timer/detail/platform/signals_blocked.hpp>

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {
namespace {

int write_end = -1;

void wake(int) {
  const int before = errno;
  static_cast<void>(!::write(write_end, "", 1));
  errno = before;
}

std::error_code last_error() { return {errno, std::generic_category()}; }

}  // namespace

std::error_code on_signal(int signal, void (*call)(void*), void* context) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return last_error();
  write_end = ends[1];
  static_cast<void>(::fcntl(write_end, F_SETFL, O_NONBLOCK));
  {
    const SignalsBlocked blocked;  // by the thread too
    std::thread([read_end = ends[0], call, context] {
      for (char woken; ::read(read_end, &woken, 1) == 1;) call(context);
    }).detach();
  }
  struct sigaction action = {};
  action.sa_handler = wake;
  action.sa_flags = SA_RESTART;
  return ::sigaction(signal, &action, nullptr) == 0 ? std::error_code() : last_error();
}

}  // namespace perf_timer::inline v0_1::detail
