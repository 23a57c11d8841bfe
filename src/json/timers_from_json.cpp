//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace perf_timer::inline v0_1 {
namespace {

namespace json = boost::json;
using std::chrono::nanoseconds;

[[noreturn]] void refuse(std::string_view where, std::string_view what) {
  throw std::invalid_argument("timers_from_json: " + std::string{where} + " " + std::string{what});
}

const json::value& member(const json::value& of, std::string_view key) {
  if (!of.is_object()) refuse(key, "is looked for in what isn't an object");
  const json::value* const found = of.get_object().if_contains({key.data(), key.size()});
  if (found == nullptr) refuse(key, "is missing");
  return *found;
}

template <class Number>
Number number(const json::value& value, std::string_view key) {
  boost::system::error_code error;
  const auto result = value.to_number<Number>(error);
  if (error) refuse(key, "isn't a number that fits");
  return result;
}

std::uint64_t count(const json::value& of, std::string_view key) {
  return number<std::uint64_t>(member(of, key), key);
}

nanoseconds duration(const json::value& value, std::string_view key) {
  return nanoseconds(number<std::int64_t>(value, key));
}

std::string_view text(const json::value& of, std::string_view key) {
  const json::value& value = member(of, key);
  if (!value.is_string()) refuse(key, "isn't a string");
  return {value.get_string().data(), value.get_string().size()};
}

const json::array& array(const json::value& value, std::string_view key) {
  if (!value.is_array()) refuse(key, "isn't an array");
  return value.get_array();
}

bool has(const json::value& of, std::string_view key) {
  return of.get_object().contains({key.data(), key.size()});
}

DurationSummary summary(const json::value& of, std::string_view key) {
  const json::value& value = member(of, key);
  DurationSummary result;
  result.count = count(value, "count");
  result.total = duration(member(value, "total_ns"), "total_ns");
  result.mean = duration(member(value, "mean_ns"), "mean_ns");
  result.has_stddev = has(value, "stddev_ns");
  if (result.has_stddev) result.stddev = duration(member(value, "stddev_ns"), "stddev_ns");
  result.has_extremes = has(value, "min_ns");
  if (result.has_extremes) {
    result.min = duration(member(value, "min_ns"), "min_ns");
    result.max = duration(member(value, "max_ns"), "max_ns");
  }
  for (const json::value& quantile : array(member(value, "quantiles"), "quantiles")) {
    result.quantiles.push_back({number<double>(member(quantile, "probability"), "probability"),
                                duration(member(quantile, "ns"), "ns")});
  }
  for (const json::value& bucket : array(member(value, "buckets"), "buckets")) {
    const json::array& parts = array(bucket, "a bucket");
    if (parts.size() != 3) refuse("a bucket", "isn't an array of three");
    result.buckets.push_back({duration(parts[0], "a bucket's first"),
                              duration(parts[1], "a bucket's last"),
                              number<std::uint64_t>(parts[2], "a bucket's count")});
  }
  return result;
}

// Words that live as long as the program.
LostCount lost_count(std::string_view text, std::uint64_t count) {
  for (std::size_t i = 0; i < detail::lost_reason_count; ++i) {
    const auto reason = static_cast<detail::LostReason>(i);
    if (detail::to_string(reason) == text)
      return {detail::to_string(reason), count, detail::remedy_of(reason)};
  }
  return {"another reason", count};
}

TimerKind kind(std::string_view word) {
  for (const TimerKind kind : {TimerKind::scope, TimerKind::task, TimerKind::executor})
    if (to_string(kind) == word) return kind;
  refuse("kind", "is none of scope, task and executor");
}

TimerSnapshot timer(const json::value& value) {
  TimerSnapshot result;
  result.name = text(value, "name");
  result.kind = kind(text(value, "kind"));
  result.runs = count(value, "runs");
  result.failed = count(value, "failed");
  result.lost = count(value, "lost");
  result.dropped = count(value, "dropped");
  for (const json::value& lost : array(member(value, "lost_reasons"), "lost_reasons"))
    result.lost_reasons.push_back(lost_count(text(lost, "reason"), count(lost, "count")));
  if (has(value, "overhead_ns"))
    result.overhead =
        FractionalNanoseconds(number<double>(member(value, "overhead_ns"), "overhead_ns"));
  result.busy = summary(value, "busy");
  result.queued = summary(value, "queued");
  result.elapsed = summary(value, "elapsed");
  return result;
}

}  // namespace

std::vector<TimerSnapshot> timers_from_json(const json::value& report) {
  if (text(report, "schema") != "perf_timer") refuse("schema", "isn't \"perf_timer\"");
  if (count(report, "version") != static_cast<std::uint64_t>(json_schema_version))
    refuse("version", "isn't " + std::to_string(json_schema_version));
  std::vector<TimerSnapshot> timers;
  for (const json::value& value : array(member(report, "timers"), "timers"))
    timers.push_back(timer(value));
  return timers;
}

}  // namespace perf_timer::inline v0_1
