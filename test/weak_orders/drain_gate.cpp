//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/drain_gate.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// Two threads pass a gate, while a third one shuts it, and then reads what they write.
struct GateIsShut : explored::Scenario {
  void thread(unsigned index) override {
    if (index == 2) {
      const DrainGate::Shut shut(gate);
      explored::expect(written[0] % 2 == 0 && written[1] % 2 == 0, "nobody is inside");
      written[0] += 4;
    } else {
      const DrainGate::Passage passage(gate);
      ++written[index];
      ++written[index];
    }
  }

  DrainGate gate;
  int written[2] = {};
};

const explored::Registered registered(
    "drain_gate", explored::make<GateIsShut>, {.threads = 3, .at_random = 3000},
    {"DrainGate::Passage::~Passage fetch_sub release", "DrainGate::enter fetch_add seq_cst",
     "DrainGate::shut load seq_cst", "DrainGate::open store release"});

}  // namespace
