//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/detail/report/labels.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

namespace json = boost::json;
using std::chrono::nanoseconds;

[[noreturn]] void throw_invalid(std::string_view where, std::string_view what) {
  throw std::invalid_argument("timers_from_json: " + std::string{where} + " " + std::string{what});
}

const json::value& member(const json::value& of, std::string_view key) {
  if (!of.is_object()) throw_invalid(key, "can't be read: what should contain it isn't an object");
  const json::value* const found = of.get_object().if_contains({key.data(), key.size()});
  if (found == nullptr) throw_invalid(key, "is missing");
  return *found;
}

template <class Number>
Number number(const json::value& value, std::string_view key) {
  boost::system::error_code error;
  const auto result = value.to_number<Number>(error);
  if (error) throw_invalid(key, "isn't a number in range");
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
  if (!value.is_string()) throw_invalid(key, "isn't a string");
  return {value.get_string().data(), value.get_string().size()};
}

const json::array& array(const json::value& value, std::string_view key) {
  if (!value.is_array()) throw_invalid(key, "isn't an array");
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
    if (parts.size() != 3) throw_invalid("a bucket", "isn't an array of three");
    result.buckets.push_back({duration(parts[0], "a bucket's first"),
                              duration(parts[1], "a bucket's last"),
                              number<std::uint64_t>(parts[2], "a bucket's count")});
  }
  return result;
}

// The texts must live as long as the program.
LostCount lost_count(std::string_view text, std::uint64_t count, bool partial) {
  for (std::size_t i = 0; i < detail::lost_reason_count; ++i) {
    const auto reason = static_cast<detail::LostReason>(i);
    if (detail::to_string(reason, partial) == text)
      return {detail::to_string(reason, partial), count, detail::remedy_of(reason, partial)};
  }
  return {"unknown reason", count};
}

std::vector<LostCount> reasons(const json::value& of, std::string_view key, bool partial) {
  std::vector<LostCount> result;
  for (const json::value& one : array(member(of, key), key))
    result.push_back(lost_count(text(one, "reason"), count(one, "count"), partial));
  return result;
}

AwaitedOperation awaited(const json::value& of) {
  return {.object = std::string{text(of, "object")},
          .operation = std::string{text(of, "operation")},
          .part_of = std::string{text(of, "part_of")},
          .file = std::string{text(of, "file")},
          .line = number<unsigned>(member(of, "line"), "line"),
          .function = std::string{text(of, "function")},
          .count = count(of, "count"),
          .waited = duration(member(of, "waited_ns"), "waited_ns")};
}

detail::Labels pairs(const json::value& of) {
  if (!of.is_object()) throw_invalid("labels", "isn't an object");
  detail::Labels result;
  for (const auto& [name, value] : of.get_object())
    result.emplace_back(std::string(name), std::string(text(of, name)));
  return result;
}

Exemplar exemplar(const json::value& of) {
  if (duration(member(of, "elapsed_ns"), "elapsed_ns") < std::chrono::nanoseconds::zero())
    throw_invalid("elapsed_ns", "is negative");
  return {.labels = pairs(member(of, "labels")),
          .elapsed = duration(member(of, "elapsed_ns"), "elapsed_ns"),
          .at = std::chrono::system_clock::time_point(
              std::chrono::duration_cast<std::chrono::system_clock::duration>(
                  duration(member(of, "time_ns"), "time_ns")))};
}

detail::Labels labels(const json::value& of) {
  detail::Labels result = pairs(of);
  detail::check_labels("timers_from_json", result);
  std::sort(result.begin(), result.end());
  return result;
}

TimerKind kind(std::string_view word) {
  for (const TimerKind kind : {TimerKind::scope, TimerKind::task, TimerKind::executor})
    if (to_string(kind) == word) return kind;
  throw_invalid("kind", "isn't scope, task or executor");
}

TimerSnapshot timer(const json::value& value) {
  TimerSnapshot result;
  result.name = text(value, "name");
  result.kind = kind(text(value, "kind"));
  if (has(value, "labels")) result.labels = labels(member(value, "labels"));
  result.runs = count(value, "runs");
  result.failed = count(value, "failed");
  result.lost = count(value, "lost");
  result.dropped = count(value, "dropped");
  // Reports that were written before these members were added say nothing of open runs.
  if (has(value, "open")) {
    result.open = count(value, "open");
    result.waiting = count(value, "waiting");
    if (has(value, "oldest_open_ns"))
      result.oldest_open = duration(member(value, "oldest_open_ns"), "oldest_open_ns");
    if (has(value, "oldest_waiting_ns"))
      result.oldest_waiting = duration(member(value, "oldest_waiting_ns"), "oldest_waiting_ns");
  }
  if (has(value, "stalls")) result.stalls = count(value, "stalls");
  if (has(value, "longest_stall_ns"))
    result.longest_stall = duration(member(value, "longest_stall_ns"), "longest_stall_ns");
  if (has(value, "queued_held_ns")) {
    result.queued_held = duration(member(value, "queued_held_ns"), "queued_held_ns");
    result.queued_free = duration(member(value, "queued_free_ns"), "queued_free_ns");
  }
  if (has(value, "cpu")) {
    result.cpu = summary(value, "cpu");
    result.cpu_busy = duration(member(value, "cpu_busy_ns"), "cpu_busy_ns");
  }
  if (has(value, "steps")) result.steps = count(value, "steps");
  if (has(value, "longest_step_ns"))
    result.longest_step = duration(member(value, "longest_step_ns"), "longest_step_ns");
  if (has(value, "idle_in"))
    for (const json::value& one : array(member(value, "idle_in"), "idle_in"))
      result.idle_in.push_back(awaited(one));
  if (has(value, "exemplars"))
    for (const json::value& one : array(member(value, "exemplars"), "exemplars"))
      result.exemplars.push_back(exemplar(one));
  result.lost_reasons = reasons(value, "lost_reasons", false);
  if (has(value, "overhead_ns"))
    result.overhead =
        FractionalNanoseconds(number<double>(member(value, "overhead_ns"), "overhead_ns"));
  result.busy = summary(value, "busy");
  result.queued = summary(value, "queued");
  result.elapsed = summary(value, "elapsed");
  // Reports that were written before these members were added have no partial runs.
  if (!has(value, "partial")) {
    result.complete_elapsed = result.elapsed.total;
    return result;
  }
  result.partial = count(value, "partial");
  result.partial_reasons = reasons(value, "partial_reasons", true);
  result.complete_elapsed = duration(member(value, "complete_elapsed_ns"), "complete_elapsed_ns");
  if (has(value, "off_processor_ns"))
    result.off_processor = duration(member(value, "off_processor_ns"), "off_processor_ns");
  result.failed_elapsed = summary(value, "failed_elapsed");
  result.failed_busy = summary(value, "failed_busy");
  return result;
}

}  // namespace

std::vector<TimerSnapshot> timers_from_json(const json::value& report) {
  if (text(report, "schema") != "perf_timer") throw_invalid("schema", "isn't \"perf_timer\"");
  if (count(report, "version") != static_cast<std::uint64_t>(json_schema_version))
    throw_invalid("version", "isn't " + std::to_string(json_schema_version));
  std::vector<TimerSnapshot> timers;
  for (const json::value& value : array(member(report, "timers"), "timers"))
    timers.push_back(timer(value));
  return timers;
}

}  // namespace perf_timer::inline v0_1
