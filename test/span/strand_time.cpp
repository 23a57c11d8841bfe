//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/strand_time.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

using detail::StrandTime;
using detail::StrandTurn;
using detail::StrandWait;

constexpr Ticks not_known = -1;

/// A strand that nobody uses unseen.
struct SeenStrand : StrandTime {
  SeenStrand() noexcept { will_see_all(); }
};

struct Described {
  RunTimes times;
  detail::RunDetails details{};
};

/// The function has returned.
template <class Clock>
Described described(Step<Clock>& step, StrandTurn<Clock>& turn) {
  Described run{step.end()};
  turn.end(step);
  turn.describe(run.details);
  BOOST_TEST(turn.knows_more() == (run.details.held + run.details.unsplit != 0));
  return run;
}

/// A function that waits for the strand.
template <class Clock>
struct Waiting {
  explicit Waiting(StrandTime& strand)
      : wait(&strand), submission(submit<Clock>({}, nullptr, true)) {
    wait.submitted(submission.since());
  }

  /// The strand executes it.
  Described execute(auto function) {
    Step<Clock> step(submission, timers());
    StrandTurn<Clock> turn(wait, step);
    function();
    return described(step, turn);
  }

  StrandWait wait;
  Submission<Clock> submission;
};

void check_wait(const Described& run, Ticks held, Ticks free, Ticks unsplit = 0) {
  BOOST_TEST(run.details.held == held);
  BOOST_TEST(run.details.unsplit == unsplit);
  BOOST_TEST(run.times.queued == held + free + unsplit);
}

BOOST_FIXTURE_TEST_SUITE(strand_time, CleanThread)

BOOST_AUTO_TEST_CASE(is_the_sum_of_what_its_functions_executed) {
  SeenStrand strand;
  const auto begin = StrandTime::held(strand.word(), 100);
  strand.enter(100);
  BOOST_TEST(strand.is_held());
  BOOST_TEST(strand.held_since(begin, 130) == 30);
  const auto middle = StrandTime::held(strand.word(), 110);
  strand.leave(140);
  BOOST_TEST(!strand.is_held());
  BOOST_TEST(strand.held_since(begin, 200) == 40);
  BOOST_TEST(strand.held_since(middle, 200) == 30);
  strand.enter(300);
  strand.leave(301);
  BOOST_TEST(strand.held_since(begin, 400) == 41);
}

BOOST_AUTO_TEST_CASE(is_unknown_to_who_waited_while_a_function_ended_unseen) {
  SeenStrand strand;
  const auto before = StrandTime::held(strand.word(), 100);
  strand.leave_unseen();
  const auto after = StrandTime::held(strand.word(), 100);
  strand.enter(200);
  strand.leave(250);
  BOOST_TEST(strand.held_since(before, 300) == not_known);
  BOOST_TEST(strand.held_since(after, 300) == 50);
  strand.leave_unseen();
  BOOST_TEST(strand.held_since(after, 300) == not_known);
  BOOST_TEST(strand.held_since(StrandTime::unknown, 300) == not_known);
}

BOOST_AUTO_TEST_CASE(is_unknown_until_all_is_seen) {
  StrandTime strand;
  const auto begin = StrandTime::held(strand.word(), 100);
  BOOST_TEST(strand.held_since(begin, 100) == not_known);
  strand.will_see_all();
  BOOST_TEST(strand.held_since(begin, 100) == 0);
}

BOOST_AUTO_TEST_CASE(is_unknown_for_good_once_it_is_given_up) {
  SeenStrand strand;
  const auto begin = StrandTime::held(strand.word(), 100);
  strand.give_up();
  strand.will_see_all();
  BOOST_TEST(strand.held_since(begin, 100) == not_known);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(divides_a_wait, Clock, Clocks) {
  SeenStrand strand;
  Waiting<Clock> first(strand), second(strand);
  pass(1);  // no thread has time
  check_wait(first.execute([] { compute<Clock>(20); }), 0, 1);
  pass(2);
  check_wait(second.execute([] {}), 20, 1 + 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_which_only_the_rest_counts_if_another_executes_already, Clock,
                              Clocks) {
  SeenStrand strand;
  Waiting<Clock> first(strand);
  std::unique_ptr<Waiting<Clock>> second;
  static_cast<void>(first.execute([&] {
    compute<Clock>(20);
    second = std::make_unique<Waiting<Clock>>(strand);
    compute<Clock>(5);
  }));
  check_wait(second->execute([] {}), 5, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(is_unknown_if_a_function_starts_while_another_is_submitted, Clock,
                              Clocks) {
  SeenStrand strand;
  StrandWait wait(&strand);
  strand.enter(ManualClock::ticks.load());
  auto submission = submit<Clock>({}, nullptr, true);
  wait.submitted(submission.since());
  pass(7);
  strand.leave(ManualClock::ticks.load());
  Step<Clock> step(submission, timers());
  StrandTurn<Clock> turn(wait, step);
  check_wait(described(step, turn), 0, 0, 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(is_known_from_where_an_unseen_function_submits_one, Clock, Clocks) {
  SeenStrand strand;
  Waiting<Clock> before(strand);
  auto unseen = submit<Clock>();
  Step<Clock> step(unseen, nullptr);
  StrandTurn<Clock> turn(StrandWait(&strand), step);
  compute<Clock>(20);
  StrandWait nobodys(strand, strand.word(), true);
  nobodys.submitted(0);
  BOOST_TEST(!strand.is_held());  // nobody asks for how long
  auto submission = submit<Clock>({}, nullptr, true);
  StrandWait wait(strand, strand.word(), true);
  wait.submitted(submission.since());
  BOOST_TEST(strand.is_held());
  compute<Clock>(5);
  step.finish();
  turn.end(step);
  BOOST_TEST(!strand.is_held());
  check_wait(before.execute([] {}), 0, 0, 25);
  pass(3);
  Step<Clock> later(submission, timers());
  StrandTurn<Clock> its_turn(wait, later);
  check_wait(described(later, its_turn), 5, 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stays_held_by_who_called_a_function_inline, Clock, Clocks) {
  SeenStrand strand;
  Waiting<Clock> outer(strand), waits(strand);
  check_wait(outer.execute([&] {
    compute<Clock>(1);
    Waiting<Clock> inner(strand);
    check_wait(inner.execute([] { compute<Clock>(10); }), 0, 0);
    compute<Clock>(100);
  }),
             0, 0);
  check_wait(waits.execute([] {}), 111, 0);
}

BOOST_AUTO_TEST_CASE(is_not_written_where_a_function_ends_elsewhere) {
  // A stackful coroutine was suspended in it, and another function may hold the strand by now.
  SeenStrand strand;
  auto submission = submit<ManualClock>();
  const StrandWait wait(&strand);
  auto step = std::make_unique<Step<ManualClock>>(submission, nullptr);
  StrandTurn<ManualClock> turn(wait, *step);
  thread_state<ManualClock>().step = nullptr;  // as the step that resumed it does where it ends
  const auto word = strand.word();
  step->finish();
  turn.end(*step);
  BOOST_TEST(strand.word() == word);
  BOOST_TEST(strand.held_since(StrandTime::held(word, 0), 0) == not_known);
  step.reset();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
