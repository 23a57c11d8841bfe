//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program for Windows that crashes: `crashing HOW FILE`. The report goes to FILE. With --plain,
// an exception that nobody handles is left to the system, whose debugger may come up.
#include <perf_timer.hpp>
#include <perf_timer/report_on_crash.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "common/name_this_thread.hpp"

namespace {

using namespace std::chrono_literals;
using perf_timer::AsioPerfTimer;

LPTOP_LEVEL_EXCEPTION_FILTER filter_of_runtime = nullptr;
volatile int zero = 0;
volatile int* volatile nowhere = nullptr;

/// The process dies of what it would die of, without a debugger.
LONG WINAPI die(EXCEPTION_POINTERS* exception) {
  const DWORD code = exception->ExceptionRecord->ExceptionCode;
  if ((code & 0x20FFFFFF) == 0x20474343) return filter_of_runtime(exception);  // of C++
  ::TerminateProcess(::GetCurrentProcess(), code);
  return EXCEPTION_CONTINUE_SEARCH;
}

LONG WINAPI end_with_42(EXCEPTION_POINTERS*) {
  ::TerminateProcess(::GetCurrentProcess(), 42);
  return EXCEPTION_CONTINUE_SEARCH;
}

void access_nowhere() { *nowhere = 1; }

/// Uses up the stack.
[[gnu::noinline]] int recurse(volatile int* above) {
  volatile int here[200];
  here[0] = *above + 1;
  return here[0] < 0 ? 0 : recurse(here) + here[0];
}

void overflow() {
  perf_timer::use_crash_stack();
  perf_timer::use_crash_stack();
  volatile int start = 0;
  std::printf("%d", recurse(&start));
}

void on_another_thread(void (*crash)()) { std::thread(crash).join(); }

/// A report of it never ends.
struct Stuck : perf_timer::ObserverState {
  void add(std::span<const std::chrono::nanoseconds>) override {}
  perf_timer::DurationSummary summary() const override {
    for (;;) std::this_thread::sleep_for(1h);
  }
};
/// Converts a number for a report, as an observer of the program's own may do.
struct Converting : perf_timer::ObserverState {
  void add(std::span<const std::chrono::nanoseconds>) override {}
  perf_timer::DurationSummary summary() const override {
    char text[32];
    std::snprintf(text, sizeof text, "%g", 0.5);
    return {};
  }
};
template <class State>
struct ObserverOf {
  std::unique_ptr<perf_timer::ObserverState> make_state() const {
    return std::make_unique<State>();
  }
};

const std::map<std::string, void (*)()> crashes = {
    {"access", access_nowhere},
    {"access on another thread", [] { on_another_thread(access_nowhere); }},
    {"access on several threads",
     [] {
       std::vector<std::thread> threads;
       for (int i = 0; i < 4; ++i) threads.emplace_back(access_nowhere);
       for (auto& thread : threads) thread.join();
     }},
    {"access at exit",
     [] {
       struct AtExit {
         ~AtExit() { access_nowhere(); }
       };
       static const AtExit at_exit;
       std::exit(0);
     }},
    {"access, handled before", access_nowhere},
    {"access, stuck report", access_nowhere},
    {"trap", [] { __builtin_trap(); }},
    {"breakpoint", [] { ::DebugBreak(); }},
    {"division", [] { std::printf("%d", 1 / zero); }},
    {"raised", [] { ::RaiseException(0xE0000001, 0, 0, nullptr); }},
    {"abort", std::abort},
    {"abort, handled before", std::abort},
    {"throw", [] { throw std::runtime_error("x"); }},
    {"throw on another thread", [] { on_another_thread([] { throw std::runtime_error("x"); }); }},
    {"overflow", overflow},
    {"overflow on another thread", [] { on_another_thread(overflow); }},
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 1;
  const std::string how = arguments[1];
  if (count == 3) filter_of_runtime = ::SetUnhandledExceptionFilter(&die);
  if (how == "access, handled before") ::SetUnhandledExceptionFilter(&end_with_42);
  if (how == "abort, handled before") std::signal(SIGABRT, [](int) { std::_Exit(43); });
  const bool is_stuck = how == "access, stuck report";
  auto* const timer = is_stuck ? new AsioPerfTimer{"GET /", {.observer = ObserverOf<Stuck>{}}}
                      : how == "access at exit"
                          ? new AsioPerfTimer{"GET /", {.observer = ObserverOf<Converting>{}}}
                          : new AsioPerfTimer{"GET /"};
  timer->observe(5us);
  perf_timer::report_on_crash({.file = arguments[2], .patience = is_stuck ? 1ms : 10000ms});
  crashes.at(how)();
  std::printf("it didn't crash\n");
  return 0;
}
