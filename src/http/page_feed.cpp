//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "page_feed.hpp"

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/to_json.hpp>

#include <boost/json/serialize.hpp>

#include "now_json.hpp"
#include "page_rows.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

[[nodiscard]] std::string_view option(const Request& request, const char* name) {
  const auto found = request.options.find(name);
  return found == request.options.end() ? std::string_view{} : found->second;
}

[[nodiscard]] std::uint64_t number(std::string_view text) {
  std::uint64_t result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

template <class Clock>
[[nodiscard]] std::string nanoseconds_since_epoch() {
  return std::to_string(std::chrono::floor<nanoseconds>(Clock::now().time_since_epoch()).count());
}

}  // namespace

std::uint64_t PageFeed::first_id() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::microseconds>(now).count());
}

PageFeed::Told PageFeed::take(const Request& request) {
  const auto since = std::ranges::find(told_, number(option(request, "since")), &Told::id);
  Told result;
  if (since == told_.end()) return result;
  result = std::move(*since);
  told_.erase(since);
  return result;
}

std::string PageFeed::rows(std::span<const TimerSnapshot> timers, const Request& request) {
  const bool follows_all =
      timers.size() <= most_followed || option(request, "distributions") == "all";
  const std::string_view selected = option(request, "of");
  const auto is_followed = [&](const TimerSnapshot& timer) {
    return follows_all || (!selected.empty() && valid_utf8(labelled_name(timer)) == selected);
  };
  Told told = take(request);
  const bool has_all = told.id == 0;
  told.id = ++last_id_;
  told.rows.resize(timers.size());
  std::string rows, row;
  for (std::size_t at = 0; at < timers.size(); ++at) {
    row.clear();
    append_row(row, timers[at], is_followed(timers[at]));
    const std::size_t hash = std::hash<std::string_view>{}(row) | 1;
    if (std::exchange(told.rows[at], hash) == hash) continue;
    if (!rows.empty()) rows += ',';
    rows += "[" + std::to_string(at) + "," + row + "]";
  }
  if (told_.size() == most_remembered) told_.pop_front();
  told_.push_back(std::move(told));
  std::string result = "\"id\":" + std::to_string(last_id_);
  result += std::string(",\"whole\":") + (has_all ? "true" : "false");
  result += std::string(",\"follows_all\":") + (follows_all ? "true" : "false");
  result += ",\"count\":" + std::to_string(timers.size());
  if (has_all) result += ",\"columns\":" + std::string(row_columns());
  return result + ",\"rows\":[" + rows + "]";
}

std::string PageFeed::answer(const Request& request) {
  const std::string_view view = option(request, "view");
  std::string result = "{\"schema\":\"perf_timer_page\",\"version\":1," +
                       rows(snapshot_all(), request) +
                       ",\"time_ns\":" + nanoseconds_since_epoch<std::chrono::system_clock>() +
                       ",\"steady_ns\":" + nanoseconds_since_epoch<std::chrono::steady_clock>();
  if (view == "now") result += ",\"now\":" + now_json();
  result += ",\"stalls\":" + stalls_json(view == "now");
  if (view == "operations" || !is_tracked_) {
    const std::vector<OperationSnapshot> tracked = operations();
    is_tracked_ |= !tracked.empty();
    if (view == "operations")
      result += ",\"operations\":" +
                boost::json::serialize(to_json(tracked, {.buckets = false, .zeros = true}));
  }
  return result + ",\"is_tracked\":" + (is_tracked_ ? "true" : "false") + "}";
}

}  // namespace perf_timer::inline v0_1::detail
