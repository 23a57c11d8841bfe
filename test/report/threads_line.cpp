//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Executed = std::vector<ExecutedFor>;

/// A thread of 100 samples.
ThreadSnapshot thread(std::uint64_t idle, Executed executed) {
  return {.thread = 1, .samples = 100, .idle = idle, .executed = std::move(executed)};
}

std::string line(const std::vector<ThreadSnapshot>& threads) { return report_line(threads); }

BOOST_AUTO_TEST_SUITE(threads_line)

BOOST_AUTO_TEST_CASE(says_how_full_the_threads_are_and_of_what) {
  BOOST_TEST(line({thread(2, {{"GET /thumbnail", "", 62},
                              {"GET /ledger", "ledger's strand", 30},
                              {"", "", 6}}),
                   thread(6, {{"GET /thumbnail", "", 60}, {"", "timeouts", 30}, {"", "", 4}})}) ==
             "threads: 2, 96 % in steps: 61 % GET /thumbnail, 15 % GET /ledger in ledger's strand, "
             "15 % timeouts, 5 % in no run (200 samples)");
}

BOOST_AUTO_TEST_CASE(nothing_without_samples) {
  BOOST_TEST(line({}) == "");
  BOOST_TEST(line({{.thread = 1, .steps = 7}}) == "");
}

BOOST_AUTO_TEST_CASE(threads_without_samples_do_not_count) {
  BOOST_TEST(line({thread(100, {}), {.thread = 2, .steps = 7}}) ==
             "threads: 1, 0 % in steps (100 samples)");
}

BOOST_AUTO_TEST_CASE(threads_that_have_ended_count) {
  auto ended = thread(50, {{"a", "", 50}});
  ended.ended = 3;
  BOOST_TEST(line({ended, thread(50, {{"a", "", 50}})}) ==
             "threads: 4, 50 % in steps: 50 % a (200 samples)");
}

BOOST_AUTO_TEST_CASE(the_five_greatest_shares_are_shown) {
  BOOST_TEST(line({thread(0, {{"a", "", 40},
                              {"b", "", 20},
                              {"c", "", 10},
                              {"d", "", 9},
                              {"e", "", 8},
                              {"f", "", 7},
                              {"g", "", 6}})}) ==
             "threads: 1, 100 % in steps: 40 % a, 20 % b, 10 % c, 9 % d, 8 % e, 13 % for others "
             "(100 samples)");
}

BOOST_AUTO_TEST_CASE(small_shares_are_one) {
  ThreadSnapshot one{.thread = 1, .samples = 1000, .idle = 0, .executed = {{"a", "", 986}}};
  one.executed.push_back({"b", "", 8});
  one.executed.push_back({"c", "", 6});
  BOOST_TEST(line({one}) == "threads: 1, 100 % in steps: 99 % a, 1 % for others (1000 samples)");
}

BOOST_AUTO_TEST_CASE(a_small_share_is_not_nothing) {
  BOOST_TEST(line({{.thread = 1, .samples = 1000, .idle = 999, .executed = {{"a", "", 1}}}}) ==
             "threads: 1, <1 % in steps: <1 % a (1000 samples)");
}

BOOST_AUTO_TEST_CASE(a_name_is_one_line) {
  BOOST_TEST(line({thread(99, {{"a\nb", "", 1}})}) ==
             "threads: 1, 1 % in steps: 1 % a\\nb (100 samples)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
