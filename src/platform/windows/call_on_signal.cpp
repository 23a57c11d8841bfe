//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/call_on_signal.hpp>

#include <charconv>
#include <csignal>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::pair<std::string_view, int> signals[] = {
    {"INT", SIGINT}, {"BREAK", SIGBREAK}, {"TERM", SIGTERM}};

// Written before the handler is installed.
int called_for = 0;
void (*called)(void*) = nullptr;
void* called_with = nullptr;
SRWLOCK one_call = SRWLOCK_INIT;

[[nodiscard]] int signal_of_event(DWORD event) noexcept {
  switch (event) {
    case CTRL_C_EVENT:
      return SIGINT;
    case CTRL_BREAK_EVENT:
      return SIGBREAK;
    default:
      return SIGTERM;  // close, logoff, shutdown
  }
}

/// The system calls it on a thread that it makes for each event. The events that end the process
/// end it when this returns, so nobody else may be left to do the work.
BOOL WINAPI on_console(DWORD event) {
  if (signal_of_event(event) != called_for) return FALSE;
  ::AcquireSRWLockExclusive(&one_call);
  called(called_with);
  ::ReleaseSRWLockExclusive(&one_call);
  return called_for == SIGTERM ? FALSE : TRUE;  // what else the program has for its end comes next
}

}  // namespace

std::error_code call_on_signal(int signal, void (*call)(void*), void* context) {
  called_for = signal;
  called = call;
  called_with = context;
  if (::SetConsoleCtrlHandler(&on_console, TRUE)) return {};
  return {static_cast<int>(::GetLastError()), std::system_category()};
}

std::optional<int> signal_of(std::string_view text) noexcept {
  if (text.starts_with("SIG")) text.remove_prefix(3);
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool is_number = error == std::errc() && rest == end;
  for (const auto& [name, known] : signals)
    if (text == name || (is_number && number == known)) return known;
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
