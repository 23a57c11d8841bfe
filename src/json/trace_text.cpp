//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_text.hpp"

#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/detail/report/utf8.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <cstdio>

namespace perf_timer::inline v0_1::detail {

std::string quoted_json(std::string_view text) {
  const std::string valid = valid_utf8(text);
  return boost::json::serialize(boost::json::string_view(valid.data(), valid.size()));
}

std::string microseconds(Ticks ns) {
  char text[32];
  const char* const sign = ns < 0 ? "-" : "";
  const auto size = ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
  std::snprintf(text, sizeof text, "%s%llu.%03llu", sign,
                static_cast<unsigned long long>(size / 1000),
                static_cast<unsigned long long>(size % 1000));
  return text;
}

TraceArgs& TraceArgs::outcome(RunOutcome outcome, std::uint8_t lost) {
  flag("failed", outcome == RunOutcome::failed);
  flag("cancelled", outcome == RunOutcome::cancelled);
  const auto reason = static_cast<LostReason>(lost);
  if (outcome == RunOutcome::partial)
    text("partial", quoted_json(to_string(reason, true)));
  else if (outcome == RunOutcome::measured && reason != LostReason::none)
    text("lost", quoted_json(to_string(reason)));
  return *this;
}

TraceArgs& TraceArgs::add(std::string_view name, std::string_view value) {
  if (!text_.empty()) text_ += ',';
  ((text_ += '"') += name) += "\":";
  text_ += value;
  return *this;
}

}  // namespace perf_timer::inline v0_1::detail
