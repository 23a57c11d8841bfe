//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Where an operation is started: `BOOST_ASIO_HANDLER_LOCATION`. While it lives, on the stack, it
/// holds for all operations that this thread starts. Asio makes one where a token has one, and
/// where a composed operation starts its next step.
class PERF_TIMER_EXPORT OperationLocation {
 public:
  /// The texts live at least as long as this. Each may be null, as for a token that has no
  /// location.
  OperationLocation(const char* file, int line, const char* function) noexcept;
  ~OperationLocation();
  OperationLocation(const OperationLocation&) = delete;
  OperationLocation& operator=(const OperationLocation&) = delete;

  [[nodiscard]] const char* file() const noexcept { return file_; }
  [[nodiscard]] int line() const noexcept { return line_; }
  [[nodiscard]] const char* function() const noexcept { return function_; }
  /// The one around it; null if there is none.
  [[nodiscard]] const OperationLocation* outer() const noexcept { return outer_; }

 private:
  const char* const file_;
  const char* const function_;
  const OperationLocation* const outer_;
  const int line_;
};

}  // namespace perf_timer::inline v0_1::detail
