//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/trace/slow_events.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Decides which slow events a flight recorder saves the trace for. The others are counted.
class SlowOnes {
 public:
  /// `ignore`: names of timers whose runs may take long.
  SlowOnes(std::vector<std::string> ignore, Ticks pause)
      : ignore_(std::move(ignore)), pause_(pause) {}

  /// Looks at what was slow since the last call.
  void fetch();
  /// Returns those to save the trace for, from the one that ended first.
  [[nodiscard]] std::vector<SlowEvent> take() noexcept { return std::exchange(to_save_, {}); }
  /// Says that a file was written until `now`. `for_slow_ones`: not only because of `save`.
  void written(Ticks now, bool for_slow_ones) noexcept;

  struct Counted {
    std::uint64_t runs = 0, steps = 0;
  };
  [[nodiscard]] const Counted& counted() const noexcept { return counted_; }
  void count(const std::vector<SlowEvent>& events) noexcept;
  void forget_counted() noexcept { counted_ = {}; }

 private:
  [[nodiscard]] bool is_ignored(const SlowEvent& event);

  const std::vector<std::string> ignore_;
  const Ticks pause_;
  Ticks counted_until_ = std::numeric_limits<Ticks>::min();  // what ends until then is only counted
  std::vector<SlowEvent> to_save_;
  Counted counted_;
  std::unordered_map<TracedTimer, bool> known_;  // whether each is ignored
};

/// Returns what was slow for how long, for people: `run "GET /x" took 312 msec`.
[[nodiscard]] std::string to_string(const SlowEvent& event);

}  // namespace perf_timer::inline v0_1::detail
