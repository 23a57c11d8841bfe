//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/run_times.hpp>

#include "common/manual_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string_view>

namespace perf_timer::test {
namespace {

using detail::checked;
using detail::LostReason;
using detail::RunTimes;

/// A clock that each thread may have its own instance of, and that names no other for waiting.
struct LonelyClock {
  static constexpr bool is_shared = false;
};

LostReason reason(RunTimes times) { return checked<ManualClock>(times).lost; }

BOOST_AUTO_TEST_SUITE(run_times)

BOOST_AUTO_TEST_CASE(a_negative_duration_is_lost) {
  BOOST_CHECK(reason({0, 0, 0, {}}) == LostReason::none);
  BOOST_CHECK(reason({1, 2, 3, {}}) == LostReason::none);
  BOOST_CHECK(reason({-1, 2, 3, {}}) == LostReason::clock_went_back);
  BOOST_CHECK(reason({1, -2, 3, {}}) == LostReason::clock_went_back);
  BOOST_CHECK(reason({1, 2, -3, {}}) == LostReason::clock_went_back);
}

BOOST_AUTO_TEST_CASE(the_first_reason_stays) {
  BOOST_CHECK(reason({-1, 0, 0, LostReason::mixed}) == LostReason::mixed);
}

BOOST_AUTO_TEST_CASE(what_lies_between_threads_with_clocks_of_their_own_is_not_below_zero) {
  const auto times = checked<LonelyClock>({1, -2, -3, {}});
  BOOST_CHECK(times.lost == LostReason::none);
  BOOST_TEST(times.queued == 0);
  BOOST_TEST(times.elapsed == 0);
  BOOST_CHECK(checked<LonelyClock>({-1, 2, 3, {}}).lost == LostReason::clock_went_back);
  BOOST_CHECK(checked<ThreadManualClock>({1, -2, 3, {}}).lost ==
              LostReason::clock_went_back);  // its clock for waiting is shared by all threads
}

BOOST_AUTO_TEST_CASE(a_run_whose_end_is_told_has_its_elapsed_time) {
  using detail::told;
  BOOST_TEST(!told({1, 2, 3, {}}).partial);
  const RunTimes times = told({-1, -2, 3, LostReason::mixed});
  BOOST_TEST(times.partial);
  BOOST_CHECK(times.lost == LostReason::mixed);
  BOOST_TEST(times.elapsed == 3);
  BOOST_TEST(told({0, 0, 0, LostReason::not_followed}).partial);
  const RunTimes back = told({1, 2, -1, LostReason::mixed});
  BOOST_TEST(!back.partial);
  BOOST_CHECK(back.lost == LostReason::clock_went_back);
  BOOST_TEST(!told({1, 2, 3, LostReason::clock_went_back}).partial);
  BOOST_TEST(!told({1, 2, 3, LostReason::too_long}).partial);
}

// Whoever told the end of a partial run didn't destroy it.
BOOST_AUTO_TEST_CASE(a_partial_run_was_not_destroyed) {
  for (const auto reason : {LostReason::outside_a_step, LostReason::in_another_step}) {
    BOOST_TEST(to_string(reason).find("destroyed") != std::string_view::npos);
    BOOST_TEST(to_string(reason, true).find("destroyed") == std::string_view::npos);
    BOOST_TEST(remedy_of(reason, true).find("destroyed") == std::string_view::npos);
  }
}

BOOST_AUTO_TEST_CASE(every_reason_has_a_sentence_of_its_own) {
  std::set<std::string_view> sentences;
  for (std::size_t i = 0; i < detail::lost_reason_count; ++i) {
    const auto sentence = to_string(static_cast<LostReason>(i));
    BOOST_TEST(!sentence.empty());
    sentences.insert(sentence);
  }
  BOOST_TEST(sentences.size() == detail::lost_reason_count);
  BOOST_TEST(sentences.contains("not lost"));
  const auto one_too_many = static_cast<LostReason>(detail::lost_reason_count);
  BOOST_TEST(to_string(one_too_many) == "not lost");  // the count of reasons includes them all
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
