//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "system.hpp"

#include <perf_timer/detail/platform/thread_name.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Another thread, for as long as this lives. The thread hasn't ended, so its number is its own.
class OpenThreadHandle {
 public:
  OpenThreadHandle(std::uint64_t id, DWORD access) noexcept
      : handle_(::OpenThread(access, FALSE, static_cast<DWORD>(id))) {}
  OpenThreadHandle(const OpenThreadHandle&) = delete;
  OpenThreadHandle& operator=(const OpenThreadHandle&) = delete;
  ~OpenThreadHandle() {
    if (handle_) ::CloseHandle(handle_);
  }

  /// Null if the system refuses.
  [[nodiscard]] HANDLE get() const noexcept { return handle_; }

 private:
  HANDLE handle_;
};

/// Returns the system's name for a thread, as UTF-8, cut behind a whole character. Doesn't
/// allocate, as `GetThreadDescription` does: a stall watch asks while a thread may have the heap.
[[nodiscard]] ThreadName name_of_thread(HANDLE thread) noexcept;

}  // namespace perf_timer::inline v0_1::detail
