//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How many bytes a timer takes, and what it leaves.
#include "allocation_count.hpp"

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/log_function.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <deque>
#include <latch>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Recorder;
using detail::RecorderOwner;
using detail::RunLabels;
using detail::RunTimes;
using detail::SeriesKept;

/// What `action` leaves in use.
std::int64_t bytes_of(auto action) {
  const std::int64_t before = bytes_in_use();
  action();
  return bytes_in_use() - before;
}

/// Calls `action(number of the thread)` on each of several threads that are there at once.
void on_threads(int threads, auto action) {
  std::latch all(threads);
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      action(t);
      all.arrive_and_wait();
    });
  for (auto& thread : running) thread.join();
}

/// Durations of twenty octaves, from 1 usec to 1 sec, all alike often.
class TwentyOctaves {
 public:
  explicit TwentyOctaves(int seed) : random_(static_cast<std::uint64_t>(seed)) {}
  std::int64_t operator()() {
    const auto octave = static_cast<int>(random_() % 20);
    return static_cast<std::int64_t>(1024 + random_() % 1024) << octave;
  }

 private:
  std::mt19937_64 random_;
};

const std::string long_id(120, 'x');

/// Returns the times of a run.
using Times = RunTimes (*)(TwentyOctaves&);

/// The bytes of a timer, all of whose threads record as often as fills all buckets.
/// If they are `labelled`, some of each duration have as many labels as there may be.
std::int64_t bytes_of_timer(int threads, Times times, bool labelled = false) {
  RecorderOwner timer;
  return bytes_of([&] {
    timer.reset(&Recorder::make(Observer(), SeriesKept::all));
    on_threads(threads, [&](int t) {
      TwentyOctaves random(t);
      for (int i = 0; i < 20'000; ++i) {
        timer->begin();
        const RunTimes its = times(random);
        if (labelled && i % 16 == 0) {
          auto labels = std::make_unique<RunLabels>();
          labels->set({"trace_id", long_id, 128});
          timer->add_exemplar(labels.release(), its.elapsed);
        }
        timer->end(its);
      }
    });
    BOOST_TEST(timer->snapshot().runs == 20'000u * static_cast<unsigned>(threads));
  });
}

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(is_counted) {
  std::unique_ptr<std::vector<char>> big;
  BOOST_TEST(bytes_of([&] { big = std::make_unique<std::vector<char>>(10'000); }) >= 10'000);
  BOOST_TEST(bytes_of([&] { big.reset(); }) <= -10'000);
}

BOOST_AUTO_TEST_CASE(a_timer_of_many_threads_takes_little_more_than_one_of_few) {
  struct Row {
    const char* runs;
    Times times;
    int threads;
    int most_kb;
    bool labelled = false;
  };
  const Times busy = [](TwentyOctaves& random) {
    const std::int64_t all = random();
    return RunTimes{all, 0, all, {}};
  };
  const Times all_differ = [](TwentyOctaves& random) {
    return RunTimes{random(), random(), random(), {}};
  };
  static_cast<void>(bytes_of_timer(2, busy));  // what is there only once
  for (const Row& row : {Row{"busy all the time", busy, 1, 14},
                         {"busy all the time", busy, 8, 38},
                         {"busy all the time", busy, 64, 160},
                         {"three different times", all_differ, 1, 24},
                         {"three different times", all_differ, 8, 60},
                         {"three different times", all_differ, 64, 200},
                         {"labelled", all_differ, 8, 60, true},
                         {"labelled", all_differ, 64, 200, true}}) {
    const auto bytes = bytes_of_timer(row.threads, row.times, row.labelled);
    BOOST_TEST_MESSAGE(row.threads << " threads, " << row.runs << ": " << bytes << " bytes");
    BOOST_TEST(bytes <= row.most_kb * 1024, row.threads << " threads, " << row.runs);
  }
}

using Timers = std::deque<AsioPerfTimer>;

AsioPerfTimer& another(Timers& timers) {
  return timers.emplace_back("gone", TimerOptions{.log = silent});
}

void use(AsioPerfTimer& timer, boost::asio::io_context& context) {
  boost::asio::post(timer.wrap(context), [] {});
  context.run();
  context.restart();
}

/// Bytes that are left of each of many timers that were wrapped on one context and went.
double left_of_each(auto come_and_go) {
  constexpr int many = 20'000;
  boost::asio::io_context context;
  const auto left = bytes_of([&] { come_and_go(many, context); });
  BOOST_TEST_MESSAGE(left << " bytes left");
  return static_cast<double>(left) / many;
}

BOOST_AUTO_TEST_CASE(timers_that_came_and_went_leave_nothing) {
  const auto in_turn = [](int many, auto& context) {
    for (int i = 0; i < many; ++i) {
      Timers one;
      use(another(one), context);
    }
  };
  BOOST_TEST(left_of_each(in_turn) < 10);
}

// What is left is a table of places for as many, and the records of the first of a context.
BOOST_AUTO_TEST_CASE(timers_that_were_there_at_once_leave_little) {
  const auto at_once = [](int many, auto& context) {
    Timers all;
    for (int i = 0; i < many; ++i) use(another(all), context);
  };
  BOOST_TEST(left_of_each(at_once) < 100);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
