//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What who looks does while nobody takes its notes.
#include <perf_timer/detail/live/step_watch.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;
using detail::LongStep;
using detail::StepWatch;
using detail::Telling;
using detail::Ticks;
using Names = std::vector<std::string>;

/// Looks for steps of more than 100 ms, whenever the test says so.
class Looks {
 public:
  explicit Looks(const StallWatchOptions& options = {.ask = false})
      : steps_(options, patience, sampling_) {
    static_cast<void>(sampling_.is_mine());
  }

  void look(Ticks at) {
    steps_.look([&] { return begin_ + at; });
  }
  /// Returns the threads that are shown.
  Names shown(Ticks at, const Telling& telling = {}, bool can_write = true) {
    Names threads;
    steps_.show_untold(begin_ + at, telling, [&](const LongStep& step) {
      threads.emplace_back(step.thread_name.data());
      return can_write;
    });
    return threads;
  }
  /// Takes the notes. Returns the threads, with a minus for those whose step is over.
  Names notes() {
    Names threads;
    for (LongStep note; steps_.next(note); steps_.done())
      threads.push_back((note.over ? "-" : "") + std::string(note.thread_name.data()));
    steps_.make_memory();
    return threads;
  }
  StepWatch& steps() { return steps_; }
  [[nodiscard]] Ticks at(Ticks time) const { return begin_ + time; }

 private:
  const Ticks begin_ = manual_time();
  detail::SamplingTurn sampling_;
  StepWatch steps_;
};

BOOST_AUTO_TEST_SUITE(step_watch)

BOOST_AUTO_TEST_CASE(a_step_that_nobody_takes_note_of_is_shown_after_half_as_long_more) {
  StuckThread thread(instrumented, "untold");
  Looks watch;
  watch.look(0);
  BOOST_TEST(watch.shown(99 * ms) == Names());
  watch.look(100 * ms);
  BOOST_TEST(watch.shown(150 * ms) == Names());
  BOOST_TEST(watch.shown(150 * ms + 1) == Names{"untold"});
  BOOST_TEST(watch.shown(200 * ms) == Names());  // once
  BOOST_TEST(watch.notes() == Names{"untold"});
}

BOOST_AUTO_TEST_CASE(again_if_it_could_not_be_written) {
  StuckThread thread(instrumented, "untold");
  Looks watch;
  watch.look(0);
  watch.look(100 * ms);
  BOOST_TEST(watch.shown(200 * ms, {}, false) == Names{"untold"});
  BOOST_TEST(watch.shown(225 * ms) == Names{"untold"});
  BOOST_TEST(watch.shown(250 * ms) == Names());
}

BOOST_AUTO_TEST_CASE(not_if_somebody_has_taken_note_of_it) {
  StuckThread thread(instrumented, "told");
  Looks watch;
  watch.look(0);
  watch.look(100 * ms);
  BOOST_TEST(watch.notes() == Names{"told"});
  BOOST_TEST(watch.shown(10'000 * ms) == Names());
}

BOOST_AUTO_TEST_CASE(nor_if_it_is_over) {
  StuckThread thread(instrumented, "over");
  Looks watch;
  watch.look(0);
  watch.look(100 * ms);
  thread.go_on();
  watch.look(125 * ms);
  BOOST_TEST(watch.shown(1000 * ms) == Names());
  BOOST_TEST(watch.notes() == Names({"over", "-over"}));
}

BOOST_AUTO_TEST_CASE(nor_if_it_is_held_back) {
  StuckThread thread(instrumented);
  Looks watch;
  watch.steps().hold_all_back(true);
  watch.look(0);
  watch.look(100 * ms);
  BOOST_TEST(watch.shown(1000 * ms) == Names());
}

BOOST_AUTO_TEST_CASE(one_whose_functions_are_not_found_in_time_is_shown_unless_the_sink_has_it) {
  StuckThread a(instrumented, "a"), b(instrumented, "b");
  Looks watch;
  watch.look(0);
  watch.look(100 * ms);
  const Names both = watch.notes();
  BOOST_REQUIRE(both.size() == 2u);
  const Telling stuck{.reached = 1, .names_since = watch.at(110 * ms)};
  BOOST_TEST(watch.shown(5110 * ms, stuck) == Names());
  BOOST_TEST(watch.shown(5110 * ms + 1, stuck) == Names{both[1]});
  BOOST_TEST(watch.shown(9000 * ms, Telling{.reached = 2}) == Names());
}

BOOST_AUTO_TEST_CASE(steps_that_end_before_anybody_takes_note_are_told_in_order) {
  Looks watch;
  Ticks at = 0;
  Names expected;
  for (const char* const name : {"first", "second", "third"}) {
    StuckThread thread(instrumented, name);
    watch.look(at += 1000 * ms);
    watch.look(at += 1000 * ms);
    thread.go_on();
    watch.look(at += 1000 * ms);
    expected.insert(expected.end(), {name, std::string("-") + name});
  }
  BOOST_TEST(watch.notes() == expected);
}

BOOST_AUTO_TEST_CASE(what_there_is_no_memory_for_is_not_told_until_somebody_makes_it) {
  Looks watch({.most_per_minute = 1000, .ask = false});
  std::list<StuckThread> threads;
  for (int i = 0; i < 200; ++i) threads.emplace_back(instrumented);
  watch.look(0);
  watch.look(100 * ms);
  const std::size_t told = watch.notes().size();
  BOOST_TEST(told >= 64u);
  BOOST_TEST(told < 200u);
  watch.look(200 * ms);
  BOOST_TEST(told + watch.notes().size() == 200u);
}

// Nobody has counted the samples of the looks before.
BOOST_AUTO_TEST_CASE(samples_add_up_until_somebody_counts_them) {
  StuckThread thread(instrumented, "sampled");
  Looks watch;
  for (int i = 0; i < 5; ++i) watch.look(i * ms);
  thread.go_on();
  for (int i = 5; i < 8; ++i) watch.look(i * ms);
  watch.steps().count_samples();
  watch.steps().count_samples();
  const auto all = thread_snapshots();
  const auto found = std::ranges::find(all, "sampled", &ThreadSnapshot::name);
  BOOST_REQUIRE(found != all.end());
  BOOST_TEST(found->samples == 8u);
  BOOST_TEST(found->idle == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
