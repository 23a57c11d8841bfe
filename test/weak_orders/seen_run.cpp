//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/run_sight.hpp>
#include <perf_timer/detail/span/span_pool.hpp>
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/span/submission.hpp>
#include "explored/one_clock.hpp"
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

using Clock = explored::OneClock;

/// A thread ends a run and begins another one of the same timer, which gets the same span. Another
/// thread that looks sees either, and nothing of both.
struct SpanIsUsedAgain : explored::Scenario {
  SpanIsUsedAgain() { release(const_cast<Span*>(span)); }  // the thread's next one
  void thread(unsigned index) override {
    if (index == uses) {
      Submission<Clock> submission(Capture(), nullptr, false);
      const Step<Clock> step(submission, nullptr);
      for (int runs = 0; runs != 2; ++runs) {
        OpenRun<Clock> run(1);
        static_cast<void>(run.close());
      }
    } else {
      for (int looks = 0; looks != 24; ++looks) look();  // few are of an open run
    }
  }
  void look() const {
    const ListedRun listed = span->listed.load(std::memory_order_acquire);
    SeenRun seen;
    if (listed == not_listed || !see_run<Clock>(*span, listed, seen)) return;
    explored::expect(!seen.busy || *seen.busy == seen.age, "it has executed all the time");
    explored::expect(!seen.queued || *seen.queued == 0, "nothing has waited on its behalf");
  }

  const unsigned uses = explored::this_thread_index();
  const Span* const span = SpanPool<Span>::make();
};

const explored::Registered registered("seen_run", explored::make<SpanIsUsedAgain>,
                                      {.at_random = 1000}, {"Span::list store release"});

}  // namespace
