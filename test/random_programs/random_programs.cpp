//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "common/long_mode.hpp"
#include "random_programs/generator.hpp"
#include "random_programs/interpreter.hpp"
#include "random_programs/look_for.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>

namespace perf_timer::test::random_programs {
namespace {

const char* name(Typing typing) {
  const char* const names[]{"erased", "somebodys", "typed"};
  return names[static_cast<int>(typing)];
}
const char* name(Ending ending) { return ending == Ending::closed ? "closed" : "destroyed"; }

/// Checks programs until one differs, and then reports the smallest one that differs.
void check_programs(Typing typing, Ending ending) {
  Ledger::Totals totals;
  std::uint64_t programs = 0;
  std::string first;
  const auto check = [&](const Choices& choices) -> std::string {
    const Program program = make_program(choices);
    const auto outcome = run(program, typing, ending);
    ++programs;
    totals.exact += outcome.totals.exact;
    totals.partial += outcome.totals.partial;
    totals.lost += outcome.totals.lost;
    totals.failed += outcome.totals.failed;
    totals.wrapped += outcome.totals.wrapped;
    totals.mixed += outcome.totals.mixed;
    totals.followed += outcome.totals.followed;
    totals.followed_exact += outcome.totals.followed_exact;
    totals.near_erased += outcome.totals.near_erased;
    totals.near_erased_exact += outcome.totals.near_erased_exact;
    // It would make programs slower that have no such strand.
    if (typing != Typing::somebodys && detail::strands_of_others_are_used)
      return "a strand of somebody's executor was seen";
    if (outcome.differences.empty()) return {};
    std::ostringstream text;
    text << "exact(" << program << ", Typing::" << name(typing) << ", Ending::" << name(ending)
         << ");\n";
    for (const auto& difference : outcome.differences) text << difference << '\n';
    // If it doesn't fail each time, the one that it is shrunk to may say nothing.
    if (first.empty()) first = text.str();
    return text.str();
  };
  const std::string differs = look_for_difference(std::string(name(typing)) + " " + name(ending),
                                                  3000 * long_mode() / brief_mode(), check);
  if (!differs.empty()) BOOST_ERROR(differs << "\nThe first was " << first);
  BOOST_TEST_MESSAGE(programs << " programs: " << totals.exact << " runs exact, " << totals.partial
                              << " partial, " << totals.lost << " lost, " << totals.failed
                              << " failed, " << totals.wrapped << " of wrapped executors, "
                              << totals.mixed << " of tasks and of what is followed; of "
                              << totals.near_erased << " near an erased strand "
                              << totals.near_erased_exact << " exact; of " << totals.followed
                              << " on plain executors and erased strands, where all handlers are "
                                 "steps, "
                              << totals.followed_exact << " exact");
  // Else the programs would be pointless, or the library could flag everything.
  BOOST_TEST(totals.exact > programs / 4);
  if (is_tracked) {
    if (typing != Typing::typed) BOOST_TEST(totals.followed > programs / 20);
    BOOST_TEST(totals.followed_exact * 10 >= totals.followed * 9);
    return;
  }
  BOOST_TEST(totals.near_erased > programs / 20);
  BOOST_TEST(totals.near_erased_exact > totals.near_erased / 4);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(generated)

BOOST_AUTO_TEST_CASE(erased_executors_closed) { check_programs(Typing::erased, Ending::closed); }
BOOST_AUTO_TEST_CASE(erased_executors_destroyed) {
  check_programs(Typing::erased, Ending::destroyed);
}
BOOST_AUTO_TEST_CASE(strands_of_somebodys_executors_closed) {
  check_programs(Typing::somebodys, Ending::closed);
}
BOOST_AUTO_TEST_CASE(strands_of_somebodys_executors_destroyed) {
  check_programs(Typing::somebodys, Ending::destroyed);
}
BOOST_AUTO_TEST_CASE(typed_executors_closed) { check_programs(Typing::typed, Ending::closed); }
BOOST_AUTO_TEST_CASE(typed_executors_destroyed) {
  check_programs(Typing::typed, Ending::destroyed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test::random_programs
