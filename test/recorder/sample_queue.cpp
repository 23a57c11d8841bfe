//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/sample_queue.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <ostream>
#include <span>
#include <stdexcept>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::SampleQueue;
using detail::Series;
using Samples = std::vector<std::int64_t>;

constexpr Series all_series[] = {Series::busy, Series::queued, Series::elapsed};
constexpr auto capacity = static_cast<std::int64_t>(SampleQueue::capacity);

/// Pushes runs. Their busy times count up from `first`, queued is 1000 more, and elapsed 2000 more.
void push(SampleQueue& queue, std::int64_t first, std::int64_t many) {
  for (auto i = first; i < first + many; ++i) {
    BOOST_REQUIRE(queue.has_room());
    queue.push({i, i + 1000, i + 2000, {}});
  }
}

/// The samples of each call of the sink.
std::vector<Samples> take(SampleQueue& queue, Series series, std::uint64_t until) {
  std::vector<Samples> calls;
  queue.take(series, until, [&](std::span<const std::chrono::nanoseconds> samples) {
    auto& call = calls.emplace_back();
    for (const auto sample : samples) call.push_back(sample.count());
  });
  return calls;
}

void take_all(SampleQueue& queue) {
  for (const auto series : all_series) static_cast<void>(take(queue, series, queue.written()));
}

Samples from_to(std::int64_t first, std::int64_t end) {
  Samples samples;
  for (auto i = first; i < end; ++i) samples.push_back(i);
  return samples;
}

BOOST_AUTO_TEST_SUITE(sample_queue)

BOOST_AUTO_TEST_CASE(empty) {
  SampleQueue queue;
  BOOST_TEST(queue.written() == 0u);
  BOOST_TEST(queue.has_room());
  BOOST_TEST(take(queue, Series::busy, 0).empty());
}

BOOST_AUTO_TEST_CASE(each_series_gets_its_own) {
  SampleQueue queue;
  push(queue, 1, 3);
  BOOST_TEST(queue.written() == 3u);
  BOOST_TEST(take(queue, Series::busy, 3).at(0) == from_to(1, 4));
  BOOST_TEST(take(queue, Series::queued, 3).at(0) == from_to(1001, 1004));
  BOOST_TEST(take(queue, Series::elapsed, 3).at(0) == from_to(2001, 2004));
  BOOST_TEST(take(queue, Series::busy, 3).empty());  // each sample comes once
}

BOOST_AUTO_TEST_CASE(takes_no_more_than_asked_for) {
  SampleQueue queue;
  push(queue, 0, 5);
  BOOST_TEST(take(queue, Series::busy, 2).at(0) == from_to(0, 2));
  BOOST_TEST(take(queue, Series::busy, 5).at(0) == from_to(2, 5));
}

BOOST_AUTO_TEST_CASE(full_until_every_series_was_taken) {
  SampleQueue queue;
  push(queue, 0, capacity);
  for (const auto series : all_series) {
    BOOST_TEST(!queue.has_room());
    static_cast<void>(take(queue, series, queue.written()));
  }
  BOOST_TEST(queue.has_room());
  push(queue, capacity, capacity);
  BOOST_TEST(!queue.has_room());
}

BOOST_AUTO_TEST_CASE(wraps_around_in_two_parts) {
  SampleQueue queue;
  push(queue, 0, 40);
  take_all(queue);
  push(queue, 40, capacity);
  const auto calls = take(queue, Series::busy, queue.written());
  BOOST_REQUIRE(calls.size() == 2u);
  BOOST_TEST(calls[0] == from_to(40, capacity));
  BOOST_TEST(calls[1] == from_to(capacity, capacity + 40));
}

BOOST_AUTO_TEST_CASE(what_the_sink_refused_stays) {
  SampleQueue queue;
  push(queue, 0, 40);
  take_all(queue);
  push(queue, 40, capacity);

  Samples taken;
  const auto refuse_second_part = [&](std::span<const std::chrono::nanoseconds> samples) {
    if (!taken.empty()) throw std::runtime_error("no memory");
    for (const auto sample : samples) taken.push_back(sample.count());
  };
  BOOST_CHECK_THROW(queue.take(Series::busy, queue.written(), refuse_second_part),
                    std::runtime_error);
  BOOST_TEST(taken == from_to(40, capacity));
  BOOST_TEST(!queue.has_room());
  BOOST_TEST(take(queue, Series::busy, queue.written()).at(0) == from_to(capacity, capacity + 40));
}

BOOST_AUTO_TEST_CASE(busy_and_elapsed_are_taken_at_once_as_far_as_they_are_the_same) {
  SampleQueue queue;
  std::vector<Samples> calls;
  const auto take_undivided = [&] {
    calls.clear();
    queue.take_undivided(queue.written(), [&](std::span<const std::chrono::nanoseconds> samples) {
      auto& call = calls.emplace_back();
      for (const auto sample : samples) call.push_back(sample.count());
    });
  };
  const auto push_same = [&](std::int64_t first, std::int64_t many) {
    for (auto i = first; i < first + many; ++i) queue.push({i, 0, i, {}});
  };

  push_same(0, 40);
  take_undivided();
  BOOST_TEST(calls.at(0) == from_to(0, 40));
  BOOST_TEST(take(queue, Series::busy, queue.written()).empty());
  BOOST_TEST(take(queue, Series::elapsed, queue.written()).empty());
  BOOST_TEST(take(queue, Series::queued, queue.written()).at(0).size() == 40u);

  // The samples are in two parts, and one run in the second part was idle.
  push_same(40, capacity - 1);
  queue.push({500, 0, 501, {}});
  take_undivided();
  BOOST_REQUIRE(calls.size() == 1u);
  BOOST_TEST(calls[0] == from_to(40, capacity));
  BOOST_TEST(take(queue, Series::busy, queue.written()).at(0).size() == 40u);

  // Elapsed wasn't taken, as if an exception had been thrown before it.
  take_undivided();
  BOOST_TEST(calls.empty());
  BOOST_TEST(take(queue, Series::elapsed, queue.written()).at(0).back() == 501);
}

BOOST_AUTO_TEST_CASE(one_thread_writes_while_another_reads) {
  constexpr std::int64_t many = 50'000;
  SampleQueue queue;
  std::thread writer([&] {
    for (std::int64_t i = 0; i < many; ++i) {
      while (!queue.has_room()) std::this_thread::yield();
      queue.push({i, i + 1000, i + 2000, {}});
    }
  });
  std::int64_t next[3] = {0, 1000, 2000};
  int wrong = 0;
  while (next[2] != many + 2000) {
    const auto until = queue.written();
    for (const auto series : all_series)
      for (const auto& call : take(queue, series, until))
        for (const auto sample : call)
          if (sample != next[static_cast<int>(series)]++) ++wrong;
  }
  writer.join();
  BOOST_TEST(wrong == 0);
  BOOST_TEST(next[0] == many);
  BOOST_TEST(queue.written() == static_cast<std::uint64_t>(many));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
