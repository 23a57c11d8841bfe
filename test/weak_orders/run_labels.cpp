//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/span_labels.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// Two branches of a run label it, while a third one ends it.
struct BranchesLabelOneRun : explored::Scenario {
  BranchesLabelOneRun() { span.references.store(3, std::memory_order_relaxed); }
  void thread(unsigned index) override {
    if (index == 2) {
      check(take_labels(span), false);
    } else {
      label_span(&span, {index == 0 ? "a" : "b", "1", 2});
      ended.fetch_add(1, std::memory_order_acq_rel);
    }
  }
  void after() override {
    check(take_labels(span), false);
    explored::expect(seen[0] <= 1 && seen[1] <= 1, "no label is seen twice");
  }
  void check(RunLabels* labels, bool) {
    if (!labels) return;
    const std::unique_ptr<RunLabels> owned(labels);
    for (const auto& [name, value] : labels->exemplar().labels) {
      explored::expect(value == "1" && (name == "a" || name == "b"), "a label is as it was set");
      ++seen[name == "a" ? 0 : 1];
    }
  }

  Span span;
  std::atomic<int> ended{0};
  int seen[2] = {};
};

const explored::Registered registered("run_labels", explored::make<BranchesLabelOneRun>,
                                      {.threads = 3, .at_random = 2000},
                                      {"label_span compare_exchange release",
                                       "label_span exchange acquire (2)",
                                       "take_labels exchange acquire"});

}  // namespace
