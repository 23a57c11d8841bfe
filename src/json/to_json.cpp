//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/json_report.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

namespace json = boost::json;
using std::chrono::nanoseconds;
using std::chrono::system_clock;

json::value summary_value(const DurationSummary& summary, const JsonOptions& options) {
  json::object object{{"count", summary.count},
                      {"total_ns", summary.total.count()},
                      {"mean_ns", summary.mean.count()}};
  if (summary.has_stddev) object["stddev_ns"] = summary.stddev.count();
  if (summary.has_extremes) {
    object["min_ns"] = summary.min.count();
    object["max_ns"] = summary.max.count();
  }
  json::array quantiles;
  for (const Quantile& quantile : summary.quantiles)
    quantiles.push_back({{"probability", quantile.probability}, {"ns", quantile.value.count()}});
  object["quantiles"] = std::move(quantiles);
  if (!options.buckets) return object;
  json::array buckets;
  buckets.reserve(summary.buckets.size());
  for (const DurationBucket& bucket : summary.buckets)
    buckets.push_back(json::array{bucket.first.count(), bucket.last.count(), bucket.count});
  object["buckets"] = std::move(buckets);
  return object;
}

json::object labels_value(const std::vector<std::pair<std::string, std::string>>& labels) {
  json::object object;
  for (const auto& [name, value] : labels) object[name] = detail::valid_utf8(value);
  return object;
}

json::value moment_value(system_clock::time_point time) {
  return std::chrono::floor<nanoseconds>(time.time_since_epoch()).count();
}

json::array reasons_value(const std::vector<LostCount>& reasons) {
  json::array array;
  for (const LostCount& one : reasons)
    array.push_back({{"reason", detail::valid_utf8(one.reason)},
                     {"count", one.count},
                     {"remedy", detail::valid_utf8(one.remedy)}});
  return array;
}

json::array awaited_value(const std::vector<AwaitedOperation>& operations) {
  json::array array;
  for (const AwaitedOperation& one : operations)
    array.push_back({{"object", detail::valid_utf8(one.object)},
                     {"operation", detail::valid_utf8(one.operation)},
                     {"part_of", detail::valid_utf8(one.part_of)},
                     {"file", detail::valid_utf8(one.file)},
                     {"line", one.line},
                     {"function", detail::valid_utf8(one.function)},
                     {"count", one.count},
                     {"waited_ns", one.waited.count()}});
  return array;
}

json::array exemplars_value(const std::vector<Exemplar>& exemplars) {
  json::array array;
  for (const Exemplar& one : exemplars)
    array.push_back({{"labels", labels_value(one.labels)},
                     {"elapsed_ns", one.elapsed.count()},
                     {"time_ns", moment_value(one.at)}});
  return array;
}

[[nodiscard]] bool is_zero(const json::value& value) {
  if (const json::object* const object = value.if_object()) {
    const json::value* const count = object->if_contains("count");
    return count != nullptr && object->contains("quantiles") && is_zero(*count);
  }
  if (const json::array* const array = value.if_array()) return array->empty();
  if (const json::string* const text = value.if_string()) return text->empty();
  return value.is_number() && value.to_number<double>() == 0;
}

json::value with_options(json::object object, const JsonOptions& options) {
  if (options.zeros) return object;
  json::object rest;
  for (auto& [key, value] : object)
    if (!is_zero(value)) rest[key] = std::move(value);
  return rest;
}

json::object report_object(std::span<const TimerSnapshot> timers, const JsonOptions& options) {
  json::array array;
  array.reserve(timers.size());
  for (const TimerSnapshot& timer : timers) array.push_back(to_json(timer, options));
  return {{"schema", "perf_timer"}, {"version", json_schema_version}, {"timers", std::move(array)}};
}

}  // namespace

json::value to_json(const TimerSnapshot& timer, const JsonOptions& options) {
  json::object object{{"name", detail::valid_utf8(timer.name)},
                      {"kind", to_string(timer.kind)},
                      {"runs", timer.runs},
                      {"partial", timer.partial},
                      {"failed", timer.failed},
                      {"lost", timer.lost},
                      {"dropped", timer.dropped},
                      {"open", timer.open},
                      {"waiting", timer.waiting}};
  if (!timer.labels.empty()) object["labels"] = labels_value(timer.labels);
  if (timer.oldest_open) object["oldest_open_ns"] = timer.oldest_open->count();
  if (timer.oldest_waiting) object["oldest_waiting_ns"] = timer.oldest_waiting->count();
  object["stalls"] = timer.stalls;
  if (timer.longest_stall) object["longest_stall_ns"] = timer.longest_stall->count();
  object["partial_reasons"] = reasons_value(timer.partial_reasons);
  object["lost_reasons"] = reasons_value(timer.lost_reasons);
  if (timer.overhead != FractionalNanoseconds::zero())
    object["overhead_ns"] = timer.overhead.count();
  object["busy"] = summary_value(timer.busy, options);
  object["queued"] = summary_value(timer.queued, options);
  object["elapsed"] = summary_value(timer.elapsed, options);
  object["queued_held_ns"] = timer.queued_held.count();
  object["queued_free_ns"] = timer.queued_free.count();
  if (timer.cpu.count != 0) {
    object["cpu"] = summary_value(timer.cpu, options);
    object["cpu_busy_ns"] = timer.cpu_busy.count();
  }
  object["steps"] = timer.steps;
  if (timer.longest_step.count() != 0) object["longest_step_ns"] = timer.longest_step.count();
  object["complete_elapsed_ns"] = timer.complete_elapsed.count();
  object["off_processor_ns"] = timer.off_processor.count();
  object["failed_elapsed"] = summary_value(timer.failed_elapsed, options);
  object["failed_busy"] = summary_value(timer.failed_busy, options);
  if (!timer.idle_in.empty()) object["idle_in"] = awaited_value(timer.idle_in);
  if (!timer.exemplars.empty()) object["exemplars"] = exemplars_value(timer.exemplars);
  return with_options(std::move(object), options);
}

json::value to_json(const ThreadSnapshot& thread) {
  json::object object{{"thread", thread.thread}, {"name", detail::valid_utf8(thread.name)},
                      {"ended", thread.ended},   {"age_ns", thread.age.count()},
                      {"steps", thread.steps},   {"samples", thread.samples},
                      {"idle", thread.idle}};
  if (thread.processor_time) object["processor_time_ns"] = thread.processor_time->count();
  json::array executed;
  for (const ExecutedFor& what : thread.executed)
    executed.push_back({{"run", detail::valid_utf8(what.run)},
                        {"executor", detail::valid_utf8(what.executor)},
                        {"samples", what.samples}});
  object["executed"] = std::move(executed);
  return object;
}

json::value to_json(const OperationSnapshot& operation, const JsonOptions& options) {
  json::object object{{"object", detail::valid_utf8(operation.object)},
                      {"operation", detail::valid_utf8(operation.operation)},
                      {"part_of", detail::valid_utf8(operation.part_of)},
                      {"file", detail::valid_utf8(operation.file)},
                      {"line", operation.line},
                      {"function", detail::valid_utf8(operation.function)},
                      {"count", operation.count},
                      {"failed", operation.failed},
                      {"cancelled", operation.cancelled},
                      {"dropped", operation.dropped},
                      {"open", operation.open},
                      {"waiting", summary_value(operation.waiting, options)},
                      {"queued", summary_value(operation.queued, options)},
                      {"busy", summary_value(operation.busy, options)}};
  if (operation.calls) object["calls"] = *operation.calls;
  return with_options(std::move(object), options);
}

json::value to_json(std::span<const OperationSnapshot> operations, const JsonOptions& options) {
  json::array array;
  array.reserve(operations.size());
  for (const OperationSnapshot& operation : operations)
    array.push_back(to_json(operation, options));
  return array;
}

json::value to_json(std::span<const TimerSnapshot> timers, const JsonOptions& options) {
  json::object report = report_object(timers, options);
  report["time_ns"] = moment_value(system_clock::now());
  // Differences of `system_clock` are wrong if somebody sets it.
  report["steady_ns"] = nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
  return report;
}

json::value to_json(const Interval& interval, const JsonOptions& options) {
  json::object report = report_object(interval.timers, options);
  report["time_ns"] = moment_value(interval.end);
  report["begin_ns"] = moment_value(interval.begin);
  report["length_ns"] = interval.length.count();
  return report;
}

std::string json_report() {
  json::value report = to_json(snapshot_all());
  json::array threads;
  for (const ThreadSnapshot& thread : thread_snapshots()) threads.push_back(to_json(thread));
  report.as_object()["threads"] = std::move(threads);
  const std::vector<OperationSnapshot> tracked = operations();
  if (!tracked.empty()) report.as_object()["operations"] = to_json(tracked);
  return json::serialize(report);
}

}  // namespace perf_timer::inline v0_1
