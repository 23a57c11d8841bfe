//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Ten thousand timers. Some can't be freed yet when they are destroyed.
#include <perf_timer/detail/platform/sanitizers.hpp>

#include "common/hangs_after.hpp"
#include "common/long_mode.hpp"
#include "faults/counting_new.hpp"
#include "faults/inline_world.hpp"

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

// With AddressSanitizer, as many take minutes.
const int many = (detail::has_address_sanitizer ? 1'000 : 10'000) / static_cast<int>(brief_mode());
using Timers = std::vector<std::unique_ptr<Timer>>;

Timers make_many() {
  Timers timers;
  for (int i = 0; i < many; ++i)
    timers.push_back(std::make_unique<Timer>(std::to_string(i).c_str()));
  return timers;
}

template <class Cycle>
void check_memory_comes_back(Cycle cycle) {
  cycle();  // tables grow once, and stay large
  cycle();
  const HeapUse before = heap_use();
  cycle();
  const HeapUse after = heap_use();
  BOOST_TEST(after.blocks == before.blocks);
  BOOST_TEST(after.bytes == before.bytes);
}

BOOST_AUTO_TEST_SUITE(many_timers, *hangs_after(120))

BOOST_AUTO_TEST_CASE(used_reported_and_destroyed) {
  check_memory_comes_back([] {
    const HeapUse before = heap_use();
    const Timers timers = make_many();
    for (int i = 0; i < many; ++i) {
      const auto run = timers[static_cast<std::size_t>(i)]->measure();
      Clock::advance(i + 1);
    }
    BOOST_TEST_MESSAGE("bytes for a timer in use: " << (heap_use().bytes - before.bytes) / many);
    const auto all = snapshot_all();
    BOOST_TEST(all.size() == static_cast<std::size_t>(many));
    std::int64_t wrong = 0, expected = 0;
    for (const auto& snapshot : all)
      if (snapshot.runs != 1 || snapshot.busy.total.count() != ++expected) ++wrong;
    BOOST_TEST(wrong == 0);

    std::ostringstream report;
    write_report(report);
    const std::string text = report.str();
    BOOST_TEST(std::count(text.begin(), text.end(), '\n') > many);
  });
}

BOOST_AUTO_TEST_CASE(used_by_several_threads_that_end_before_them) {
  check_memory_comes_back([] {
    const Timers timers = make_many();
    for (int t = 0; t < 3; ++t)
      std::thread([&] {
        for (const auto& timer : timers) timer->observe(std::chrono::nanoseconds(5));
      }).join();
    const auto all = snapshot_all();
    BOOST_TEST(std::all_of(all.begin(), all.end(), [](const TimerSnapshot& snapshot) {
      return snapshot.runs == 3 && snapshot.busy.total.count() == 15;
    }));
  });
}

// The destruction of a timer also frees earlier ones that nothing uses any more.
BOOST_AUTO_TEST_CASE(destroyed_with_a_handler_pending) {
  check_memory_comes_back([] {
    int ran = 0;
    {
      asio::io_context context;
      {
        const Timers timers = make_many();
        for (const auto& timer : timers) asio::post(timer->wrap(context), [&] { ++ran; });
      }
      const Timers others = make_many();
      context.run();
      BOOST_TEST(ran == many);
      const auto all = snapshot_all();
      BOOST_TEST(std::all_of(all.begin(), all.end(),
                             [](const TimerSnapshot& snapshot) { return snapshot.runs == 0; }));
    }
    make_many();  // this frees what is no longer used
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
