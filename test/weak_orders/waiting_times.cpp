//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/waiting_times.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// A thread submits functions, so that its ring grows. Another one reads since when they wait.
struct FunctionsWait : explored::Scenario {
  FunctionsWait() {
    for (Ticks i = 1; i != 32; ++i) {
      WaitingRef ref;
      times.add(i, ref);
    }
  }
  void thread(unsigned index) override {
    if (index == 0) {
      for (Ticks i = 32; i != 35; ++i) {
        WaitingRef ref;
        times.add(i, ref);
      }
    } else {
      for (int looks = 0; looks != 3; ++looks) {
        Ticks sum = 0;
        times.for_each([&](const WaitingSlot& slot) { sum += slot.since().value_or(0); });
        explored::expect(sum >= 31 * 32 / 2 && sum <= 34 * 35 / 2,
                         "each waits since it was submitted");
      }
    }
  }

  WaitingTimes times;
};

const explored::Registered registered("waiting_times", explored::make<FunctionsWait>,
                                      {.at_random = 500},
                                      {"WaitingTimes::for_each load acquire",
                                       "WaitingTimes::grow store release"});

}  // namespace
