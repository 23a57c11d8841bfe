//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/run_labels.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::RunLabel;
using detail::RunLabels;
using Pairs = std::vector<std::pair<std::string, std::string>>;

const std::string four_bytes = "\xf0\x9f\x98\x80";

/// A label of so many characters, each of these bytes.
std::string many(std::size_t characters, const std::string& of) {
  std::string text;
  for (std::size_t i = 0; i != characters; ++i) text += of;
  return text;
}

bool is_told(const std::invalid_argument& error) {
  const std::string what = error.what();
  return what.find("128") != what.npos && what.find("OpenMetrics") != what.npos;
}

BOOST_AUTO_TEST_SUITE(run_labels)

BOOST_AUTO_TEST_CASE(in_their_order) {
  RunLabels labels;
  labels.set({"trace_id", "4bf9", 12});
  labels.set({"span_id", "", 7});
  labels.ended(5);
  const Exemplar run = labels.exemplar();
  BOOST_TEST((run.labels == Pairs{{"trace_id", "4bf9"}, {"span_id", ""}}));
  BOOST_TEST(run.elapsed.count() == 5);
}

BOOST_AUTO_TEST_CASE(a_label_that_is_there_gets_the_new_value) {
  RunLabels labels;
  labels.set({"a", "first", 6});
  labels.set({"b", "b", 2});
  labels.set({"a", std::string("n\0l", 3), 4});
  labels.ended(0);
  BOOST_TEST((labels.exemplar().labels == Pairs{{"b", "b"}, {"a", std::string("n\0l", 3)}}));
}

BOOST_AUTO_TEST_CASE(characters_count_and_not_bytes) {
  for (const std::string& one : {std::string("x"), std::string("\xc3\xa4"), four_bytes}) {
    RunLabels labels;
    const std::string value = many(60, one);
    labels.set({"id", value, 62});
    labels.set({"other", value, 65});
    labels.ended(0);
    BOOST_TEST((labels.exemplar().labels == Pairs{{"id", value}, {"other", value}}));
    BOOST_CHECK_EXCEPTION(labels.set({"a", "b", 2}), std::invalid_argument, is_told);
    labels.set({"a", "", 1});
    labels.set({"id", "y", 3});
    labels.set({"other", one, 6});  // what it had is free again
    BOOST_TEST((labels.exemplar().labels == Pairs{{"a", ""}, {"id", "y"}, {"other", one}}));
  }
}

BOOST_AUTO_TEST_CASE(as_many_as_there_can_be) {
  RunLabels labels;
  Pairs expected;
  for (char c = 'a'; c <= 'z'; ++c) expected.emplace_back(std::string(1, c), "");
  for (char c = 'A'; c <= 'Z'; ++c) expected.emplace_back(std::string(1, c), four_bytes);
  expected.emplace_back("_", many(49, four_bytes));
  for (const auto& [name, value] : expected) labels.set({name, value, 1 + value.size() / 4});
  labels.ended(0);
  BOOST_TEST((labels.exemplar().labels == expected));
}

BOOST_AUTO_TEST_CASE(what_is_too_long_changes_nothing) {
  RunLabels labels;
  labels.set({"trace_id", "4bf9", 12});
  const std::string value = many(120, "x");
  BOOST_CHECK_EXCEPTION(labels.set({"request", value, 127}), std::invalid_argument, is_told);
  BOOST_CHECK_EXCEPTION(labels.set({"trace_id", many(121, "x"), 129}), std::invalid_argument,
                        is_told);
  labels.ended(0);
  BOOST_TEST((labels.exemplar().labels == Pairs{{"trace_id", "4bf9"}}));
}

BOOST_AUTO_TEST_CASE(those_of_somebody_else_come_after_its_own) {
  RunLabels labels, others;
  labels.set({"a", "mine", 5});
  others.set({"a", "theirs", 7});
  others.set({"b", "theirs", 7});
  const std::string value = many(110, "x");
  others.set({"c", value, 111});
  labels.set({"d", "mine too", 9});
  labels.add_missing(others);
  labels.ended(0);
  BOOST_TEST(
      (labels.exemplar().labels == Pairs{{"a", "mine"}, {"d", "mine too"}, {"b", "theirs"}}));
}

BOOST_AUTO_TEST_CASE(they_are_made_with_the_first_one) {
  RunLabels* labels = nullptr;
  const std::string value = many(200, "x");
  BOOST_CHECK_THROW(RunLabels::set(labels, {"a", value, 201}), std::invalid_argument);
  BOOST_TEST(labels == nullptr);
  RunLabels::set(labels, {"a", "b", 2});
  RunLabels* const made = labels;
  RunLabels::set(labels, {"c", "d", 2});
  BOOST_TEST(labels == made);
  const std::unique_ptr<RunLabels> owner(labels);
  owner->ended(0);
  BOOST_TEST((owner->exemplar().labels == Pairs{{"a", "b"}, {"c", "d"}}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
