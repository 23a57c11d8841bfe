//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The ledger finds differences between what it is told and what is executed.
#include "random_programs/ledger.hpp"

#include <boost/test/unit_test.hpp>

namespace perf_timer::test::random_programs {
namespace {

/// Measures a scope on the stack. The ledger is told of `told` ticks, and the clock advances by
/// `executed`.
std::vector<std::string> differences(int told, int executed, RunAccount::End end,
                                     bool stopped = true) {
  Ledger ledger;
  Actor& actor = ledger.actor(Executor{.plain = true});
  actor.handler = true;
  RunAccount& account = ledger.run();
  auto run = account.timer.measure();
  ledger.open(actor, account);
  ledger.compute(actor, told);
  ManualClock::advance(executed - told);
  ledger.close(actor, account, end);
  if (stopped)
    run.stop();
  else
    run.cancel();
  return ledger.differences();
}

using End = RunAccount::End;

BOOST_AUTO_TEST_SUITE(ledger)

BOOST_AUTO_TEST_CASE(of_the_truth_it_finds_nothing) {
  BOOST_TEST(differences(5, 5, End::normal).empty());
  BOOST_TEST(differences(5, 5, End::cancelled, false).empty());
}

BOOST_AUTO_TEST_CASE(one_tick_too_many_is_a_difference) {
  const auto found = differences(5, 6, End::normal);
  BOOST_TEST_REQUIRE(found.size() == 1u);  // the ledger reads elapsed from the clock
  BOOST_TEST(found[0] == "run 1: busy is 5, but shown as 6");
}

BOOST_AUTO_TEST_CASE(another_outcome_is_a_difference) {
  BOOST_TEST(differences(5, 5, End::failed).size() == 1u);
  BOOST_TEST(differences(5, 5, End::cancelled).size() == 1u);
  BOOST_TEST(differences(5, 5, End::normal, false).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::random_programs
