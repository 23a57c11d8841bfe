//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/exemplars.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// Two threads end labelled runs of one timer, while a third one reads them. No labels are lost, or
/// freed while they are read.
struct RunsEndWhileOneReads : explored::Scenario {
  RunsEndWhileOneReads() { exemplars.add(labelled("0"), 700); }
  void thread(unsigned index) override {
    if (index == 2) {
      for (const auto& exemplar : exemplars.read()) check(exemplar);
    } else {
      exemplars.add(labelled(index == 0 ? "1" : "2"), 700);
    }
  }
  void after() override {
    const auto left = exemplars.read();
    explored::expect(left.size() == 1, "the last one is there");
    check(left.front());
  }
  static RunLabels* labelled(std::string_view value) {
    auto* const labels = new RunLabels;
    labels->set({"run", value, 3 + value.size()});
    return labels;
  }
  static void check(const perf_timer::Exemplar& exemplar) {
    explored::expect(exemplar.labels.size() == 1 && exemplar.labels[0].first == "run" &&
                         exemplar.elapsed.count() == 700,
                     "an exemplar is as it was added");
  }

  Exemplars exemplars;
};

const explored::Registered registered(
    "exemplars", explored::make<RunsEndWhileOneReads>, {.threads = 3, .at_random = 2000},
    {"Exemplars::add exchange acquire", "Exemplars::add exchange release",
     "Exemplars::read compare_exchange release", "Exemplars::read exchange acquire"});

}  // namespace
