//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a context keeps of timers that were wrapped on it.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer/detail/asio/binding_table.hpp>
#include <perf_timer/detail/asio/executor_access.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using Kept = detail::BindingTable;

/// An observer that tells whether its timer's record is still there.
struct Witness {
  std::shared_ptr<int> alive = std::make_shared<int>();
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return AverageObserver{}.make_state();
  }
};

/// A timer, and whether anything is left of it.
struct Watched {
  Watched() {
    Witness witness;
    left = witness.alive;
    timer.emplace("watched", TimerOptions{.observer = std::move(witness), .log = silent});
  }
  std::weak_ptr<int> left;
  std::optional<BasicAsioPerfTimer<Clock>> timer;
};

std::size_t left_of(const std::deque<Watched>& all) {
  // Each frees some of what is no longer used, and looks at few: other tests may have left more.
  for (int i = 0; i < 10; ++i) const Timer another;
  std::size_t left = 0;
  for (const auto& each : all) left += each.left.expired() ? 0 : 1;
  return left;
}

void use(auto& timer, asio::io_context& context, int& ran) {
  asio::post(timer.wrap(context), [&] { ++ran; });
}

template <class Executor>
bool is_counted(const Executor& executor) {
  return detail::ExecutorAccess::binding(executor).is_counted();
}

BOOST_AUTO_TEST_SUITE(bindings)

BOOST_AUTO_TEST_CASE(a_context_forgets_timers_that_come_and_go) {
  asio::io_context context;
  std::deque<Watched> all;
  int ran = 0;
  for (int i = 0; i < 200; ++i) {
    use(*all.emplace_back().timer, context, ran);
    context.run();
    context.restart();
    all.back().timer.reset();
  }
  BOOST_TEST(ran == 200);
  BOOST_TEST(left_of(all) == Kept::most_gone);
}

BOOST_AUTO_TEST_CASE(and_timers_that_are_there_at_once) {
  asio::io_context context;
  std::deque<Watched> all(200);
  int ran = 0;
  for (auto& each : all) use(*each.timer, context, ran);
  context.run();
  for (auto& each : all) {
    BOOST_TEST(each.timer->snapshot().runs == 1u);
    each.timer.reset();
  }
  BOOST_TEST(ran == 200);
  BOOST_TEST(left_of(all) == Kept::most_kept);
}

BOOST_AUTO_TEST_CASE(it_counts_only_what_it_would_have_to_keep) {
  asio::io_context context;
  std::deque<Timer> all(Kept::most_kept);
  for (auto& timer : all) BOOST_TEST(!is_counted(timer.wrap(context)));
  Timer another;
  BOOST_TEST(is_counted(another.wrap(context)));
  BOOST_TEST(!is_counted(all.front().wrap(context)));  // the same as before
  asio::io_context other_context;
  BOOST_TEST(!is_counted(another.wrap(other_context)));
}

// A static timer would stay in the reports of the tests that follow, so others stand for it.
BOOST_AUTO_TEST_CASE(static_timers_are_kept_in_any_case) {
  static int static_place = 0;
  int place = 0;
  Kept table;
  std::deque<detail::RecorderOwner> all;
  const auto counts = [&](const void* timer) {
    auto& recorder = all.emplace_back(&detail::Recorder::make(Observer(), detail::SeriesKept::all));
    return table.bind(*recorder, timer, {}).is_counted();
  };
  for (int i = 0; i < 100; ++i) BOOST_TEST(!counts(&static_place));
  for (std::size_t i = 0; i < Kept::most_kept; ++i) BOOST_TEST(!counts(&place));
  BOOST_TEST(counts(&place));
  BOOST_TEST(!counts(&static_place));
}

/// A context on which timers have come and gone.
struct BusyContext : asio::io_context {
  BusyContext() {
    for (std::size_t i = 0; i < Kept::most_gone; ++i) {
      Timer gone;
      static_cast<void>(gone.wrap(*this));
    }
  }
};

BOOST_AUTO_TEST_CASE(a_record_stays_while_an_executor_may_use_it) {
  BusyContext context;
  std::deque<Watched> all(1);
  std::optional executor = all.front().timer->wrap(context);
  BOOST_TEST(is_counted(*executor));
  all.front().timer.reset();
  BOOST_TEST(left_of(all) == 1u);
  int ran = 0;
  asio::post(*executor, [&] { ++ran; });
  executor.reset();
  BOOST_TEST(left_of(all) == 1u);  // the function has it now
  context.run();
  BOOST_TEST(ran == 1);
  BOOST_TEST(left_of(all) == 0u);
}

BOOST_AUTO_TEST_CASE(functions_are_recorded_as_ever) {
  BusyContext context;
  Timer inner("inner"), outer("outer");
  const auto once = inner.wrap(context);
  const auto twice = outer.wrap(once), again = outer.wrap(twice);
  BOOST_TEST(is_counted(once));
  BOOST_TEST(is_counted(twice));
  for (int i = 0; i < 3; ++i) asio::post(again, [] { compute<Clock>(5); });
  asio::post(once, [] { compute<Clock>(7); });
  context.run();
  check_busy(inner, 3 * 5 + 7, 4);
  check_busy(outer, 3 * 5, 3);
}

BOOST_AUTO_TEST_CASE(an_executor_may_outlive_the_context) {
  std::deque<Watched> all(1);
  {
    std::optional<BusyContext> context(std::in_place);
    const auto executor = all.front().timer->wrap(*context);
    context.reset();
    all.front().timer.reset();
    BOOST_TEST(left_of(all) == 1u);
  }
  BOOST_TEST(left_of(all) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
