//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

inline constexpr std::string_view plain_text = "text/plain; charset=utf-8";
inline constexpr std::string_view json_text = "application/json";
inline constexpr std::string_view html_text = "text/html; charset=utf-8";

/// What a client gets.
struct Answer {
  unsigned status = 200;
  std::string body = {};
  std::string_view type = plain_text;
  std::vector<std::pair<std::string_view, std::string>> fields = {};  ///< of its header
  /// If not zero, this isn't it yet: a trace is to be recorded for so long, and sent.
  std::chrono::seconds trace_for = std::chrono::seconds::zero();
};

/// Compresses the body for a client that accepts that, if it's worth while.
void compress(Answer& answer);

/// What is sent of it: the whole answer, or all but its body.
[[nodiscard]] std::string bytes_of(const Answer& answer, bool with_body, bool keeps_connection);

}  // namespace perf_timer::inline v0_1::detail
