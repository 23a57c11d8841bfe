//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace perf_timer::test {

/// Timers whose names try to be markup or script, and whose numbers are at their limits.
inline std::vector<TimerSnapshot> hostile_timers() {
  using namespace std::chrono_literals;
  const std::string names[] = {
      "</script><script>document.title = 'hostile'</script>",
      "<!-- <script>",
      "]]> --> <img src=x onerror=\"document.title = 'hostile'\">",
      "quotes \" ' ` ${document.title = 'hostile'} \\",
      "separators \xE2\x80\xA8 and \xE2\x80\xA9.",
      "half \xC3",
      std::string{"nul \0 and \x1b[31mred", 18},
      "&lt;b&gt; &amp;",
      "__proto__",
      "right to left \xE2\x80\xAEtfel ot thgir",
      std::string(300, 'w'),
      " ",
  };
  std::vector<TimerSnapshot> timers;
  for (const std::string& name : names) {
    TimerSnapshot timer;
    timer.name = name;
    timer.kind = static_cast<TimerKind>(timers.size() % 3);
    timer.runs = timers.size();
    if (timer.runs > 0) {
      const auto one = 1us * (timers.size() * timers.size());
      timer.elapsed = {.count = timer.runs,
                       .total = one * static_cast<int>(timer.runs),
                       .mean = one,
                       .min = one,
                       .max = one,
                       .quantiles = {{0.5, one}, {0.99, one}},
                       .buckets = {{one, one, timer.runs}}};
      timer.busy = timer.elapsed;
      timer.complete_elapsed = timer.elapsed.total;
    }
    timers.push_back(timer);
  }
  timers[3].lost = 7;
  timers[3].lost_reasons = {{detail::to_string(detail::LostReason::mixed), 7,
                             detail::remedy_of(detail::LostReason::mixed)}};
  timers[4].failed = 2;
  timers[5].dropped = 1;
  return timers;
}

}  // namespace perf_timer::test
