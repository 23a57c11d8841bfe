//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace/thread_trace.hpp"

#include <perf_timer/detail/trace/events.hpp>
#include <perf_timer/trace.hpp>
#include "explored/registered.hpp"

namespace {

using namespace perf_timer::detail;

char one_timeline = 0, other_timeline = 0;

Ticks standing() { return 7; }

/// A thread records, while another one copies the trace, and starts one of another timeline. Copied
/// events are as they were recorded. None is in a trace of another timeline.
struct TraceIsCopiedAndReplaced : explored::Scenario {
  TraceIsCopiedAndReplaced() { start_trace(memory, {&one_timeline, &standing}); }
  ~TraceIsCopiedAndReplaced() override { perf_timer::clear_trace(); }
  void thread(unsigned index) override {
    if (index == 0) {
      for (Ticks time = 1; time != 4; ++time)
        if (perf_timer::tracing() && traced(&one_timeline)) record(time, StepEnded{this});
    } else {
      check(recorded_trace());
      start_trace(memory, {&other_timeline, &standing});
    }
  }
  void after() override {
    explored::expect(recorded_trace().threads.empty(), "it is another trace");
  }
  void check(const RecordedTrace& trace) const {
    for (const TracedThread& thread : trace.threads) {
      Ticks time = 0;
      for (const Event& event : thread.events) {
        const auto* const ended = std::get_if<StepEnded>(&event.what);
        explored::expect(event.time == ++time && ended && ended->step == this,
                         "an event is as it was recorded");
      }
    }
  }

  static constexpr std::size_t memory = 128 << 10;
};

const explored::Registered registered("trace_chunks", explored::make<TraceIsCopiedAndReplaced>,
                                      {.at_random = 1000}, {"ThreadTrace::append store release"});

}  // namespace
