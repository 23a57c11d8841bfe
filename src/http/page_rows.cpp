//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "page_rows.hpp"

#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/to_json.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <concepts>

// An object for each timer, as in a report, would be three times as long, and take as much longer
// to write.

namespace perf_timer::inline v0_1::detail {
namespace {

namespace json = boost::json;

void append(std::string& out, std::integral auto number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, std::end(digits), number).ptr);
}

void append(std::string& out, std::chrono::nanoseconds duration) { append(out, duration.count()); }

void append_quantile(std::string& out, const DurationSummary& series, double probability) {
  const auto found = std::ranges::find(series.quantiles, probability, &Quantile::probability);
  if (found == series.quantiles.end())
    out += "null";
  else
    append(out, found->value);
}

void append_series(std::string& out, const DurationSummary& series) {
  const auto next = [&](auto value) {
    append(out, value);
    out += ',';
  };
  next(series.count);
  next(series.total);
  if (series.has_extremes && series.count != 0) {
    next(series.min);
    next(series.max);
  } else {
    out += "null,null,";
  }
  for (const double probability : {0.5, 0.9, 0.99}) {
    append_quantile(out, series, probability);
    out += ',';
  }
}

/// For each bucket: how far it begins behind the last one's end, how much longer than one it is,
/// and its count. Small numbers are short.
[[nodiscard]] json::array distribution(const DurationSummary& series) {
  json::array array;
  array.reserve(3 * series.buckets.size());
  std::int64_t end = 0;
  for (const DurationBucket& bucket : series.buckets) {
    array.push_back(bucket.first.count() - end);
    array.push_back((bucket.last - bucket.first).count());
    array.push_back(bucket.count);
    end = bucket.last.count() + 1;
  }
  return array;
}

[[nodiscard]] bool fits_columns(const TimerSnapshot& timer) {
  return !timer.oldest_open && !timer.oldest_waiting && timer.stalls == 0 && timer.cpu.count == 0 &&
         timer.failed_elapsed.count == 0 && timer.partial_reasons.empty() &&
         timer.lost_reasons.empty() && timer.idle_in.empty() && timer.labels.empty() &&
         timer.overhead == FractionalNanoseconds::zero();
}

[[nodiscard]] json::object what_few_have(const TimerSnapshot& timer) {
  json::object result;
  if (fits_columns(timer)) return result;
  json::value value = to_json(timer, {.buckets = false, .zeros = false});
  json::object& all = value.as_object();
  for (const char* const member :
       {"oldest_open_ns", "oldest_waiting_ns", "stalls", "longest_stall_ns", "cpu", "cpu_busy_ns",
        "failed_elapsed", "partial_reasons", "lost_reasons", "idle_in", "overhead_ns", "labels"})
    if (json::value* const found = all.if_contains(member)) result[member] = std::move(*found);
  return result;
}

}  // namespace

std::string_view row_columns() noexcept {
  return R"(["name","kind","runs","partial","failed","lost","dropped","open","waiting","steps",)"
         R"("longest_step_ns","complete_elapsed_ns","off_processor_ns","queued_held_ns",)"
         R"("queued_free_ns",)"
         R"("busy.count","busy.total_ns","busy.min_ns","busy.max_ns","busy.p50","busy.p90",)"
         R"("busy.p99",)"
         R"("queued.count","queued.total_ns","queued.min_ns","queued.max_ns","queued.p50",)"
         R"("queued.p90","queued.p99",)"
         R"("elapsed.count","elapsed.total_ns","elapsed.min_ns","elapsed.max_ns","elapsed.p50",)"
         R"("elapsed.p90","elapsed.p99"])";
}

void append_row(std::string& out, const TimerSnapshot& timer, bool with_distributions) {
  out += '[';
  out += json::serialize(json::string_view(valid_utf8(timer.name)));
  out += ",\"";
  out += to_string(timer.kind);
  out += "\",";
  for (const std::uint64_t number : {timer.runs, timer.partial, timer.failed, timer.lost,
                                     timer.dropped, timer.open, timer.waiting, timer.steps}) {
    append(out, number);
    out += ',';
  }
  for (const std::chrono::nanoseconds duration :
       {timer.longest_step, timer.complete_elapsed, timer.off_processor, timer.queued_held,
        timer.queued_free}) {
    append(out, duration);
    out += ',';
  }
  append_series(out, timer.busy);
  append_series(out, timer.queued);
  append_series(out, timer.elapsed);
  json::object rest = what_few_have(timer);
  if (with_distributions)
    rest["distributions"] = {{"busy", distribution(timer.busy)},
                             {"queued", distribution(timer.queued)},
                             {"elapsed", distribution(timer.elapsed)}};
  if (rest.empty())
    out.back() = ']';
  else
    out += json::serialize(rest) + ']';
}

}  // namespace perf_timer::inline v0_1::detail
