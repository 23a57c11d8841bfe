//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program for Windows that says when it is ready, and when it was called for Ctrl-C, twice. Then
// it ends.
#include <perf_timer/detail/platform/call_on_signal.hpp>

#include <csignal>
#include <cstdio>

#include "common/waiting.hpp"

namespace {

perf_timer::test::Semaphore calls(0);

void say(const char* text) {
  std::fputs(text, stdout);
  std::fflush(stdout);
}

}  // namespace

int main() {
  if (perf_timer::detail::call_on_signal(SIGINT, [](void*) { calls.release(); }, nullptr)) return 1;
  say("ready\n");
  for (int i = 0; i < 2; ++i) {
    calls.acquire();
    say("called\n");
  }
  return 0;
}
