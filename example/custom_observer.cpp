//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Choose what a timer computes by its observer, and where its line goes by its log function. Here
// all observers see the same 1000 runs: one in a hundred takes 1 msec, all others 10 to 20 usec.
#include <perf_timer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

using std::chrono::nanoseconds;

namespace {

// Your own observer has two parts. The state takes the samples. This one keeps all samples, so its
// quantiles are exact and its memory is unbounded.
class ExactState : public perf_timer::ObserverState {
 public:
  void add(std::span<const nanoseconds> samples) override {
    samples_.insert(samples_.end(), samples.begin(), samples.end());
  }

  // If states can be merged, a timer has up to three of a series; otherwise it has a single one.
  [[nodiscard]] bool mergeable() const noexcept override { return true; }
  void merge(const ObserverState& other) override {
    add(dynamic_cast<const ExactState&>(other).samples_);
  }

  [[nodiscard]] perf_timer::DurationSummary summary() const override {
    perf_timer::DurationSummary summary;
    if (samples_.empty()) return summary;
    auto sorted = samples_;
    std::ranges::sort(sorted);
    summary.count = sorted.size();
    summary.total = std::accumulate(sorted.begin(), sorted.end(), nanoseconds{});
    summary.mean = summary.total / static_cast<std::int64_t>(sorted.size());
    summary.min = sorted.front();
    summary.max = sorted.back();
    for (const auto percent : {50U, 90U, 99U}) {
      const auto rank = (sorted.size() * percent + 99) / 100;
      summary.quantiles.push_back({percent / 100.0, sorted[std::max<std::size_t>(rank, 1) - 1]});
    }
    return summary;
  }

 private:
  std::vector<nanoseconds> samples_;
};

// The observer itself is a small value that makes states.
struct ExactObserver {
  [[nodiscard]] std::unique_ptr<perf_timer::ObserverState> make_state() const {
    return std::make_unique<ExactState>();
  }
};

void feed(perf_timer::PerfTimer& timer) {
  for (int i = 0; i < 1000; ++i) {
    const auto slow = i % 100 == 42;
    timer.observe(slow ? std::chrono::microseconds{1000} : std::chrono::microseconds{10 + i % 11});
  }
}

}  // namespace

int main() {
  // Called once with one line. It could pass the line to a logging library.
  const auto log = [](std::string_view line) { std::cout << "log: " << line << '\n'; };

  // A timer reports when it is destroyed, so these report in reverse order.
  perf_timer::PerfTimer mine{"mine", {.observer = ExactObserver{}, .log = log}};
  perf_timer::PerfTimer average{"average", {.observer = perf_timer::AverageObserver{}, .log = log}};
  perf_timer::PerfTimer deviation{"deviation",
                                  {.observer = perf_timer::StdDevObserver{}, .log = log}};
  perf_timer::PerfTimer p_square{"P-square",
                                 {.observer = perf_timer::PSquareObserver{}, .log = log}};
  perf_timer::PerfTimer histogram{
      "histogram", {.observer = perf_timer::HistogramObserver{{0.5, 0.99, 0.999}}, .log = log}};
  perf_timer::PerfTimer never{"never ran, and so says nothing", {.log = log}};

  for (auto* timer : {&mine, &average, &deviation, &p_square, &histogram}) feed(*timer);
}
