//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/live/look_at_threads.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/span/run_sight.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// A step of a thread, as its beacon shows it. Whoever looks holds the list of threads.
struct Shown {
  bool in_step = false;
  const Span* current = nullptr;
  ListedRun run = not_listed, executor = not_listed;
};

[[nodiscard]] ListedRun listed(const Span* span) noexcept {
  return span ? timer_of(span->listed.load(std::memory_order_acquire)) : not_listed;
}

/// The binding is there, because who destroys it waits for the list of threads.
[[nodiscard]] ListedRun executor_of(const Binding* timers) noexcept {
  for (; timers; timers = timers->also.get())
    if (const Recorder* const timer = timers->recorder.get(); timer && timer->enabled())
      return timer_of(timer->serial());
  return not_listed;
}

[[nodiscard]] Shown shown_by(const Beacon& beacon) noexcept {
  const auto& state = static_cast<const ThreadState&>(beacon);
  Shown shown;
  // A thread that has gone on to the next step meanwhile is looked at anew; not for ever.
  for (int tries = 10; tries != 0; --tries) {
    const Beacon::Sight sight = beacon.seen();
    shown.in_step = Beacon::in_step(sight);
    if (!shown.in_step) return {};
    shown.executor = executor_of(state.timers.seen());
    shown.current = state.current.seen();
    // With AddressSanitizer, a span's memory may be gone.
    if (!has_address_sanitizer) shown.run = listed(shown.current);
    if (beacon.seen() == sight && state.current.seen() == shown.current) break;
  }
  return shown;
}

/// Returns the timer of the span at this address; none if there is no span any more.
[[nodiscard]] ListedRun find(const Span* span) {
  std::pair<const Span*, ListedRun> wanted{span, not_listed};
  for_each_span(
      [](void* context, const Span& any) {
        auto& [there, run] = *static_cast<std::pair<const Span*, ListedRun>*>(context);
        if (&any == there) run = listed(&any);
      },
      &wanted);
  return wanted.second;
}

}  // namespace

void look_at_threads(void (*see)(void* context, const ThreadSample& sample), void* context) {
  const WatchedThreads threads;
  threads.for_each([&](const WatchedThread& thread) {
    ThreadSample sample;
    sample.thread = thread.number;
    const Span* span = nullptr;
    // Of steps by several clocks, whichever has a run or a timer tells it.
    for (const Beacon* b = thread.beacons; b; b = b->next()) {
      const Shown shown = shown_by(*b);
      sample.in_step |= shown.in_step;
      if (sample.run == not_listed) sample.run = shown.run;
      if (sample.executor == not_listed) sample.executor = shown.executor;
      if (shown.current) span = shown.current;
    }
    if (has_address_sanitizer && span) sample.run = find(span);
    see(context, sample);
  });
}

}  // namespace perf_timer::inline v0_1::detail
