//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/long_step.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What can be said of a step that lasts, if nobody gets memory to tell of it as it should be. It
/// allocates nothing, and takes no lock under which somebody does. It has as many bytes as a pipe
/// takes at once.
class PERF_TIMER_EXPORT PlainReport {
 public:
  /// Describes the step as it is at `now`.
  PlainReport(const LongStep& step, Ticks now) noexcept;

  /// Lines, with a newline at the end. A line for which there is no room is left out.
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

 private:
  void add(std::string_view text) noexcept;
  void add(std::uint64_t number, unsigned base = 10) noexcept;
  void add_in_quotes(std::string_view name) noexcept;
  template <class Serial>
  void add_names(std::string_view before, std::span<const Serial> timers, bool more) noexcept;
  void add_frames(std::span<const void* const> addresses, bool more) noexcept;
  /// Returns false if there was no room for the line.
  [[nodiscard]] bool end_line() noexcept;

  std::array<char, 4096> text_;
  std::size_t size_ = 0;  // of whole lines
  std::size_t end_ = 0;   // of what was added
  bool is_full_ = false;
};

}  // namespace perf_timer::inline v0_1::detail
