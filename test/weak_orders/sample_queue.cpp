//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/sample_queue.hpp>
#include "explored/registered.hpp"

using namespace perf_timer::detail;

namespace {

/// A thread writes samples; the queue goes round. Another one takes them, and each is as it was
/// written.
struct OneWritesOneTakes : explored::Scenario {
  static constexpr std::uint64_t all = SampleQueue::capacity + 2;

  OneWritesOneTakes() {  // nearly full
    for (; written < SampleQueue::capacity - 1; ++written) queue.push(times(written));
  }
  static RunTimes times(std::uint64_t number) {
    const auto at = static_cast<Ticks>(number);
    return {.busy = at, .queued = 2 * at, .elapsed = 3 * at};
  }

  void thread(unsigned index) override {
    if (index == 0) {
      for (int tries = 0; tries < 6 && written < all; ++tries)
        if (queue.push_if_room(times(written)) ||
            (queue.has_room() && (queue.push(times(written)), true)))
          ++written;
    } else {
      take(1, {2, 1, 0});  // if an observer has thrown, another series comes last
      take(queue.written());
    }
  }
  void after() override {
    take(queue.written());
    explored::expect(taken[0] == written && taken[1] == written && taken[2] == written,
                     "each sample is taken");
  }

  void take(std::uint64_t until, const std::array<unsigned, 3>& in_order = {0, 1, 2}) {
    for (const unsigned series : in_order)
      queue.take(static_cast<Series>(series), until, [&](auto samples) {
        for (const std::chrono::nanoseconds sample : samples)
          explored::expect(sample.count() == static_cast<Ticks>((series + 1) * taken[series]++),
                           "a sample is as it was written, and comes in its turn");
      });
  }

  SampleQueue queue;
  std::uint64_t written = 0;
  std::array<std::uint64_t, 3> taken{};
};

const explored::Registered registered(
    "sample_queue", explored::make<OneWritesOneTakes>, {.at_random = 2000},
    {"SampleQueue::written load acquire", "SampleQueue::take store release",
     "SampleQueue::push store release", "SampleQueue::all_taken load acquire",
     "SampleQueue::all_taken load acquire (2)"});

}  // namespace
