//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The text is written without prometheus-cpp, and is to the byte what that would write.
#include <perf_timer/metric_families.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <boost/test/unit_test.hpp>

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "common/long_mode.hpp"
#include "prometheus/snapshots.hpp"

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// Returns the first line of the text that prometheus-cpp would write otherwise; empty if there is
/// none.
std::string difference(const std::vector<TimerSnapshot>& timers, const PrometheusOptions& options) {
  const std::string ours = prometheus_text(timers, options);
  const std::string theirs =
      prometheus::TextSerializer{}.Serialize(metric_families(timers, options));
  if (ours == theirs) return {};
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(ours, theirs).in1 - ours.begin());
  const auto line = [&](const std::string& text) {
    const auto begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return text.substr(begin, text.find('\n', at) - begin);
  };
  return line(ours) + " is not " + line(theirs);
}

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  /// Returns small numbers, large ones, and the greatest.
  std::uint64_t count() {
    return below(20) == 0 ? std::numeric_limits<std::uint64_t>::max() : random_() >> below(64);
  }
  nanoseconds time() {
    return nanoseconds(static_cast<std::int64_t>(random_() >> (1 + below(63))));
  }
  /// Returns one that stays: reasons are views.
  const std::string& text() {
    static const std::vector<std::string> texts{"GET /",        "",          "quote\" back\\slash",
                                                "line\nend",    "half \xc3", "\xe4\xba\xba",
                                                "\"} 1\nevil 2"};
    return texts[below(texts.size())];
  }
  DurationSummary series() {
    DurationSummary summary;
    summary.total = time();
    for (nanoseconds at{}; below(4) != 0; at += nanoseconds(1 + (time().count() >> 8))) {
      summary.buckets.push_back({at, at + nanoseconds(below(100)), 1 + below(1000)});
      at = summary.buckets.back().last;
      summary.count += summary.buckets.back().count;
    }
    if (below(8) == 0) summary.buckets.clear();
    return summary;
  }
  TimerSnapshot timer() {
    TimerSnapshot one;
    one.name = text();
    one.kind = static_cast<TimerKind>(below(3));
    for (DurationSummary* const of :
         {&one.elapsed, &one.busy, &one.queued, &one.failed_elapsed, &one.failed_busy, &one.cpu})
      *of = series();
    one.runs = one.elapsed.count;
    one.partial = below(one.runs + 1);
    for (std::uint64_t* const of :
         {&one.failed, &one.lost, &one.dropped, &one.open, &one.waiting, &one.stalls, &one.steps})
      *of = count();
    for (nanoseconds* const of : {&one.complete_elapsed, &one.off_processor, &one.queued_held,
                                  &one.queued_free, &one.cpu_busy, &one.longest_step})
      *of = time();
    if (below(2) == 0) one.oldest_open = time();
    if (below(2) == 0) one.oldest_waiting = time();
    if (below(2) == 0) one.longest_stall = time();
    if (below(2) == 0) one.lost_reasons = {{text(), count()}};
    if (below(2) == 0) one.partial_reasons = {{"a", count()}, {"b", count()}};
    if (below(2) == 0) one.exemplars = {{.labels = {{"trace_id", text()}}, .elapsed = time()}};
    if (below(2) == 0)
      one.idle_in = {
          {.object = text(), .operation = "async_read", .count = count(), .waited = time()}};
    return one;
  }

 private:
  std::mt19937_64 random_;
};

BOOST_AUTO_TEST_SUITE(timers_text)

BOOST_AUTO_TEST_CASE(of_nothing) { BOOST_TEST(difference({}, {}) == ""); }

BOOST_AUTO_TEST_CASE(of_whatever_there_is) {
  Chance chance(20261127);
  for (std::uint64_t turn = 0; turn < 100 * long_mode(); ++turn) {
    std::vector<TimerSnapshot> timers;
    while (chance.below(5) != 0) timers.push_back(chance.timer());
    PrometheusOptions options;
    if (turn % 3 == 1) options.labels = {{"zone", chance.text()}, {"host", chance.text()}};
    if (turn % 3 == 2) options = {.prefix = "x:y", .buckets = {1e-9, 1.0 / 3, 1, 1e7, 1e300}};
    BOOST_TEST_REQUIRE(difference(timers, options) == "");
  }
}

// Prometheus says where in its bucket a quantile is, and it can be anywhere else in it.
BOOST_AUTO_TEST_CASE(default_bounds_put_no_quantile_further_off_than_a_quarter) {
  const std::vector<double> bounds = PrometheusOptions{}.buckets;
  BOOST_TEST(bounds.front() == 1e-6);
  BOOST_TEST(bounds.back() == 10);
  for (std::size_t i = 1; i < bounds.size(); ++i)
    BOOST_TEST(bounds[i] / bounds[i - 1] <= 1.22, bounds[i]);
  // Queries name these.
  for (const double round : {1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3,
                             5e-3, 0.01, 0.02, 0.05, 0.1,  0.2,  0.5,  1.,   2.,   5.,   10.})
    BOOST_TEST((std::ranges::find(bounds, round) != bounds.end()), round);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
