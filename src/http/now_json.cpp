//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "now_json.hpp"

#include <perf_timer/detail/live/last_stalls.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/thread_snapshots.hpp>
#include <perf_timer/to_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

namespace json = boost::json;

constexpr std::size_t most_open_runs = 200;
constexpr std::chrono::milliseconds asked_from{100};

[[nodiscard]] json::array names(const std::vector<std::string>& of) {
  json::array result;
  for (const std::string& name : of) result.push_back(json::string(valid_utf8(name)));
  return result;
}

[[nodiscard]] std::vector<RunningStep> steps() {
  std::vector<RunningStep> seen = running_steps({.ask = false});
  const auto is_long = [](const RunningStep& step) { return step.age >= asked_from; };
  return std::ranges::any_of(seen, is_long) ? running_steps() : seen;
}

[[nodiscard]] json::array steps_value() {
  json::array result;
  for (const RunningStep& step : steps()) {
    json::object one{{"thread", step.thread},      {"thread_name", valid_utf8(step.thread_name)},
                     {"age_ns", step.age.count()}, {"timers", names(step.timers)},
                     {"runs", names(step.runs)},   {"explained", step.explained}};
    if (step.age_at_most) one["age_at_most_ns"] = step.age_at_most->count();
    result.push_back(std::move(one));
  }
  return result;
}

[[nodiscard]] json::array open_runs_value() {
  json::array result;
  for (const OpenRun& run : open_runs(most_open_runs)) {
    json::object one{{"name", valid_utf8(run.name)},
                     {"age_ns", run.age.count()},
                     {"state", to_string(run.state)}};
    if (run.busy) one["busy_ns"] = run.busy->count();
    if (run.queued) one["queued_ns"] = run.queued->count();
    result.push_back(std::move(one));
  }
  return result;
}

[[nodiscard]] json::array threads_value() {
  json::array result;
  for (const ThreadSnapshot& thread : thread_snapshots()) result.push_back(to_json(thread));
  return result;
}

}  // namespace

std::string now_json() {
  return json::serialize(json::object{
      {"steps", steps_value()}, {"open_runs", open_runs_value()}, {"threads", threads_value()}});
}

std::string stalls_json(bool with_texts) {
  const std::vector<ToldStall> stalls = last_stalls();
  json::object result{{"count", stalls.size()}};
  const auto time = [](const ToldStall& stall) {
    return std::chrono::floor<std::chrono::nanoseconds>(stall.when.time_since_epoch()).count();
  };
  if (!stalls.empty()) result["latest_ns"] = time(stalls.front());
  if (with_texts) {
    json::array texts;
    for (const ToldStall& stall : stalls)
      texts.push_back({{"time_ns", time(stall)}, {"text", valid_utf8(stall.text)}});
    result["texts"] = std::move(texts);
  }
  return json::serialize(result);
}

}  // namespace perf_timer::inline v0_1::detail
