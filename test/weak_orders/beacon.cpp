//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// A thread writes something, and begins a step. Whoever sees the step sees that.
struct StepIsSeen : explored::Scenario {
  void thread(unsigned index) override {
    if (index == 0) {
      for (std::size_t step = 1; step != 3; ++step) {
        before[step] = 1;
        if (beacon.begin()) beacon.enlist();
        beacon.end();
      }
    } else {
      const Beacon::Sight sight = beacon.seen();
      if (sight < 0 || !Beacon::in_step(sight)) return;  // negative: it isn't in the list yet
      const auto step = static_cast<std::size_t>(Beacon::steps(sight));
      explored::expect(step == 1 || step == 2, "it is one of the steps");
      explored::expect(before[step] == 1, "what came before it is seen");
    }
  }

  int before[3] = {};
  Beacon beacon;
};

const explored::Registered registered("beacon", explored::make<StepIsSeen>, {.at_random = 2000},
                                      {"Beacon::seen load acquire", "Beacon::light store release"});

}  // namespace
