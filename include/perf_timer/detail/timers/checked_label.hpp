//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// A label that a program gives a run. What is wrong with it is told even if the run isn't
/// measured.
class PERF_TIMER_EXPORT CheckedLabel {
 public:
  /// Throws `std::invalid_argument` if the name isn't one, or if the label alone has too many
  /// characters, and `std::bad_alloc`. Both texts must outlive this object.
  CheckedLabel(std::string_view name, std::string_view value);
  CheckedLabel(const CheckedLabel&) = delete;
  CheckedLabel& operator=(const CheckedLabel&) = delete;
  ~CheckedLabel() = default;

  operator const RunLabel&() const noexcept { return label_; }

 private:
  RunLabel label_;
  std::string repaired_;  // the value, if that wasn't UTF-8
};

[[noreturn]] PERF_TIMER_COLD PERF_TIMER_EXPORT void refuse_label_of_ended_run();

}  // namespace perf_timer::inline v0_1::detail
