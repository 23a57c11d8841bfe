//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <source_location>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// The line of a `co_await`.
class AwaitedAt {
 public:
  /// Implicit, so that it can be a default argument.
  consteval AwaitedAt(std::source_location at) noexcept
      : at_(at), is_of_asio_(is_asios(at.file_name())) {}

  [[nodiscard]] const std::source_location& at() const noexcept { return at_; }
  /// Returns whether a coroutine of Asio's awaits, such as the one that `co_spawn` starts with.
  [[nodiscard]] bool is_of_asio() const noexcept { return is_of_asio_; }

  /// Says that a coroutine of this thread awaits another one there, here and now.
  PERF_TIMER_EXPORT void remember() const noexcept;

 private:
  /// Standalone Asio's coroutines are in two of its folders. A program's own folder may have the
  /// same name, but then its files are hardly headers.
  [[nodiscard]] static consteval bool is_asios(std::string_view file) noexcept {
    constexpr auto nowhere = std::string_view::npos;
    return file.find("boost/asio/") < nowhere ||
           (file.ends_with(".hpp") &&
            (file.find("asio/impl/") < nowhere || file.find("asio/experimental/") < nowhere));
  }

  const std::source_location at_;
  const bool is_of_asio_;
};

}  // namespace perf_timer::inline v0_1::detail
