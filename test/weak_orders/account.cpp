//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/ending.hpp>
#include "explored/one_clock.hpp"
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

/// A run ends on one thread while another one begins and ends something on its behalf. The times
/// are those of one moment: that in which it ends.
struct RunEndsWhileAnotherThreadExecutes : explored::Scenario {
  using Clock = explored::OneClock;
  using Ops = AccountOps<true>;

  RunEndsWhileAnotherThreadExecutes() {
    const Ticks at = now<Clock>();
    span.open_idle(at);
    Ops::enter(span.busy, at);
  }
  void thread(unsigned index) override {
    if (index == 0) {
      const AccountsBefore<Clock> before(span);
      const Ticks at = now<Clock>();
      const RunTimes times = Ending<Clock>(state, span, before, at, at).times;
      // Two threads execute at most. One of them waits instead, or does neither.
      explored::expect(times.lost == LostReason::none && times.elapsed > 0 && times.queued >= 0 &&
                           times.busy >= times.elapsed && times.busy <= 2 * times.elapsed &&
                           times.busy + times.queued <= 2 * times.elapsed,
                       "times are those of one moment");
    } else {
      for (int functions = 0; functions != 2; ++functions) {
        Ops::enter(span.queued, now<Clock>());
        const Ticks started = now<Clock>();
        Ops::leave(span.queued, started);
        Ops::enter(span.busy, started);
        Ops::leave(span.busy, now<Clock>());
      }
    }
  }

  ThreadState state;
  Span span;
};

const explored::Registered registered("account", explored::make<RunEndsWhileAnotherThreadExecutes>,
                                      {.at_random = 3000},
                                      {"AccountOps<Shared>::enter fetch_add release",
                                       "AccountsBefore<Clock>::word load acquire"});

}  // namespace
