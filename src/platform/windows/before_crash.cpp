//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/before_crash.hpp>

#include <atomic>
#include <csignal>
#include <cstddef>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(static_cast<int>(::GetLastError()), std::system_category(), what);
}

/// Happens once, and wakes all who wait.
class CrashEvent {
 public:
  CrashEvent() : handle_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
    if (!handle_) fail("report_on_crash: cannot create an event");
  }
  CrashEvent(const CrashEvent&) = delete;
  CrashEvent& operator=(const CrashEvent&) = delete;
  ~CrashEvent() { ::CloseHandle(handle_); }

  void happen() const noexcept { ::SetEvent(handle_); }
  /// Returns whether it has happened.
  [[nodiscard]] bool wait(DWORD milliseconds) const noexcept {
    return ::WaitForSingleObject(handle_, milliseconds) == WAIT_OBJECT_0;
  }

 private:
  HANDLE handle_;
};

using SignalHandler = void (*)(int);

/// Never destroyed, because a process can crash at any time.
struct CrashReporter {
  std::function<void()> report, impatient;
  DWORD patience;
  CrashEvent crashed, reported;
  std::atomic_flag is_crashing;
  std::atomic<LPTOP_LEVEL_EXCEPTION_FILTER> filter_before{nullptr};
  std::atomic<SignalHandler> abort_before{nullptr};

  CrashReporter(std::function<void()> what, std::function<void()> otherwise,
                std::chrono::milliseconds wait)
      : report(std::move(what)),
        impatient(std::move(otherwise)),
        patience(static_cast<DWORD>(wait.count())) {}

  /// Called on the thread that crashes. If several do, the first starts the report, and all of them
  /// wait for it.
  void wait_for_report() noexcept {
    const bool first = !is_crashing.test_and_set();
    if (first) crashed.happen();
    if (!reported.wait(patience) && first) impatient();
  }
};

std::atomic<CrashReporter*> crash_reporter{nullptr};

/// Returns whether it is a C++ exception, g++'s or Microsoft's. Nobody catches it. The C++ library
/// learns that from the filter that it has installed, and then calls `std::abort`.
[[nodiscard]] bool is_of_cpp(DWORD code) noexcept {
  constexpr DWORD of_gnu = 0x20474343, of_microsoft = 0xE06D7363;
  return (code & 0x20FFFFFF) == of_gnu || code == of_microsoft;
}

LONG WINAPI on_exception(EXCEPTION_POINTERS* exception) {
  CrashReporter& self = *crash_reporter.load();
  const LPTOP_LEVEL_EXCEPTION_FILTER before = self.filter_before;
  if (!before || !is_of_cpp(exception->ExceptionRecord->ExceptionCode)) self.wait_for_report();
  return before ? before(exception) : EXCEPTION_CONTINUE_SEARCH;
}

/// The C runtime has taken the handler away when it calls it, and ends the process when this
/// returns.
void on_abort(int number) {
  CrashReporter& self = *crash_reporter.load();
  self.wait_for_report();
  const SignalHandler before = self.abort_before;
  if (before != SIG_DFL && before != SIG_IGN && before != SIG_ERR) before(number);
}

}  // namespace

void give_signal_stack() {
  ULONG size = ULONG{64} << 10;
  if (!::SetThreadStackGuarantee(&size))
    fail("use_crash_stack: cannot keep a part of the stack for an overflow");
}

bool before_crash(std::function<void()> report, std::function<void()> impatient,
                  std::chrono::milliseconds patience) {
  auto made = std::make_unique<CrashReporter>(std::move(report), std::move(impatient), patience);
  CrashReporter* none = nullptr;
  if (!crash_reporter.compare_exchange_strong(none, made.get())) return false;
  CrashReporter& self = *made.release();

  std::thread([&self] {
    static_cast<void>(self.crashed.wait(INFINITE));
    self.report();
    self.reported.happen();
  }).detach();

  self.filter_before = ::SetUnhandledExceptionFilter(&on_exception);
  self.abort_before = std::signal(SIGABRT, &on_abort);
  return true;
}

}  // namespace perf_timer::inline v0_1::detail
