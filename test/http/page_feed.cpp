//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <http/page_feed.hpp>

#include <perf_timer/timer_snapshot.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <http/gzip.hpp>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using detail::PageFeed;
using std::chrono::nanoseconds;

DurationSummary summary(std::uint64_t count, std::int64_t each) {
  return {.count = count,
          .total = nanoseconds(static_cast<std::int64_t>(count) * each),
          .mean = nanoseconds(each),
          .min = nanoseconds(each),
          .max = nanoseconds(each),
          .quantiles = {{0.5, nanoseconds(each)}, {0.99, nanoseconds(each)}},
          .buckets = {{nanoseconds(each), nanoseconds(each + 1), count}}};
}

TimerSnapshot timer(std::string name, std::uint64_t runs = 2) {
  TimerSnapshot result;
  result.name = std::move(name);
  result.kind = TimerKind::task;
  result.runs = runs;
  result.busy = result.elapsed = summary(runs, 10);
  return result;
}

std::vector<TimerSnapshot> timers(std::size_t count) {
  std::vector<TimerSnapshot> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(timer("timer " + std::to_string(i)));
  return result;
}

/// A page, which asks for changes of what it has.
class Page {
 public:
  explicit Page(PageFeed& feed) : feed_(feed) {}

  const json::value& ask(const std::vector<TimerSnapshot>& of) {
    detail::Request request{.options = {{"page", "1"}, {"of", selected}}};
    if (answer_.is_object())
      request.options["since"] = std::to_string(answer_.at("id").to_number<std::uint64_t>());
    answer_ = json::parse("{" + feed_.rows(of, request) + "}");
    return answer_;
  }
  /// Returns the places of the rows that came.
  [[nodiscard]] std::string places() const {
    std::string result;
    for (const json::value& row : answer_.at("rows").as_array())
      result += (result.empty() ? "" : " ") + json::serialize(row.at(0));
    return result;
  }
  [[nodiscard]] bool is_whole() const { return answer_.at("whole").as_bool(); }
  /// Returns a row that came, without its place.
  [[nodiscard]] const json::array& row(std::size_t number) const {
    return answer_.at("rows").at(number).at(1).as_array();
  }

  std::string selected;

 private:
  PageFeed& feed_;
  json::value answer_;
};

BOOST_AUTO_TEST_SUITE(page_feed)

BOOST_AUTO_TEST_CASE(a_row_has_what_its_columns_say) {
  PageFeed feed;
  Page page(feed);
  TimerSnapshot one = timer("a \"name\"");
  one.queued_held = 7ns;
  one.oldest_open = 3s;
  one.lost = 1;
  one.lost_reasons = {{"why", 1, "so"}};
  one.busy = {.count = 5, .total = 50ns, .has_extremes = false};
  const auto& columns = page.ask({one}).at("columns").as_array();
  const json::array& row = page.row(0);
  BOOST_REQUIRE(row.size() == columns.size() + 1);
  const auto value = [&](std::string_view column) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (columns[i].as_string() == column) return json::serialize(row[i]);
    return std::string("no such column");
  };
  BOOST_TEST(value("name") == R"("a \"name\"")");
  BOOST_TEST(value("kind") == R"("task")");
  BOOST_TEST(value("runs") == "2");
  BOOST_TEST(value("lost") == "1");
  BOOST_TEST(value("queued_held_ns") == "7");
  BOOST_TEST(value("busy.count") == "5");
  BOOST_TEST(value("busy.total_ns") == "50");
  BOOST_TEST(value("busy.min_ns") == "null");
  BOOST_TEST(value("busy.p50") == "null");
  BOOST_TEST(value("queued.count") == "0");
  BOOST_TEST(value("elapsed.max_ns") == "10");
  BOOST_TEST(value("elapsed.p99") == "10");
  BOOST_TEST(value("elapsed.p90") == "null");
  BOOST_TEST(json::serialize(row.back()) ==
             R"({"oldest_open_ns":3000000000,"lost_reasons":[{"reason":"why","count":1,)"
             R"("remedy":"so"}],"distributions":{"busy":[],"queued":[],"elapsed":[10,1,2]}})");
}

BOOST_AUTO_TEST_CASE(a_timer_with_labels_is_asked_for_by_both) {
  PageFeed feed;
  Page page(feed);
  auto all = timers(PageFeed::most_followed + 1);
  all[1].name = all[2].name = "request";
  all[1].labels = {{"method", "GET"}, {"zone", "eu"}};
  all[2].labels = {{"method", "PUT"}};
  page.selected = "request{method=PUT}";
  page.ask(all);
  BOOST_TEST(json::serialize(page.row(1).back()) == R"({"labels":{"method":"GET","zone":"eu"}})");
  const json::object& selected = page.row(2).back().as_object();
  BOOST_TEST(json::serialize(selected.at("labels")) == R"({"method":"PUT"})");
  BOOST_TEST(selected.contains("distributions"));
}

BOOST_AUTO_TEST_CASE(only_what_changed_is_sent) {
  PageFeed feed;
  Page page(feed);
  auto all = timers(4);
  page.ask(all);
  BOOST_TEST(page.is_whole());
  BOOST_TEST(page.places() == "0 1 2 3");
  page.ask(all);
  BOOST_TEST(!page.is_whole());
  BOOST_TEST(page.places() == "");
  all[2].runs = 3;
  page.ask(all);
  BOOST_TEST(page.places() == "2");
  // One that goes moves those behind it.
  all.erase(all.begin() + 1);
  BOOST_TEST(page.ask(all).at("count").as_int64() == 3);
  BOOST_TEST(page.places() == "1 2");
  all.push_back(timer("new"));
  page.ask(all);
  BOOST_TEST(page.places() == "3");
}

BOOST_AUTO_TEST_CASE(each_page_gets_what_it_does_not_have) {
  PageFeed feed;
  Page one(feed), other(feed);
  auto all = timers(2);
  one.ask(all);
  all[0].runs = 3;
  other.ask(all);
  BOOST_TEST(other.is_whole());
  one.ask(all);
  BOOST_TEST(one.places() == "0");
  other.ask(all);
  BOOST_TEST(other.places() == "");
}

BOOST_AUTO_TEST_CASE(a_page_that_is_forgotten_gets_all) {
  PageFeed feed;
  Page page(feed);
  page.ask(timers(2));
  for (std::size_t i = 0; i < PageFeed::most_remembered; ++i) Page(feed).ask(timers(2));
  page.ask(timers(2));
  BOOST_TEST(page.is_whole());
  BOOST_TEST(page.places() == "0 1");
}

BOOST_AUTO_TEST_CASE(a_page_of_another_server_gets_all) {
  PageFeed before, after;
  Page page(before), other(after);
  page.ask(timers(2));
  BOOST_TEST(page.ask(timers(2)).at("id").as_int64() > 1'000'000'000'000'000);
  detail::Request request{.options = {{"page", "1"}, {"since", "1"}}};
  BOOST_TEST(json::parse("{" + after.rows(timers(2), request) + "}").at("whole").as_bool());
}

BOOST_AUTO_TEST_CASE(of_many_timers_the_selected_one_has_its_distribution) {
  PageFeed feed;
  Page page(feed);
  const auto distributions = [&] {
    std::size_t found = 0;
    for (const json::value& row :
         page.ask(timers(PageFeed::most_followed + 1)).at("rows").as_array())
      found += row.at(1).as_array().back().is_object() ? 1U : 0U;
    return found;
  };
  BOOST_TEST(page.ask(timers(PageFeed::most_followed)).at("follows_all").as_bool());
  BOOST_TEST(page.row(0).back().as_object().contains("distributions"));
  BOOST_TEST(distributions() == 0U);
  page.selected = "timer 7";
  BOOST_TEST(distributions() == 1U);
  BOOST_TEST(page.places() == "7");
  BOOST_TEST(distributions() == 0U);
  page.selected = "timer 8";
  BOOST_TEST(distributions() == 1U);
  BOOST_TEST(page.places() == "7 8");
}

BOOST_AUTO_TEST_CASE(of_many_timers_all_distributions_may_be_asked_for) {
  PageFeed feed;
  auto all = timers(PageFeed::most_followed + 1);
  std::string since = "0";
  const auto ask = [&] {
    const json::value answer = json::parse(
        "{" + feed.rows(all, {.options = {{"since", since}, {"distributions", "all"}}}) + "}");
    since = json::serialize(answer.at("id"));
    BOOST_TEST(answer.at("follows_all").as_bool());
    for (const json::value& row : answer.at("rows").as_array())
      BOOST_TEST(json::serialize(row.at(1).as_array().back().at("distributions").at("busy")) ==
                 "[10,1,2]");
    return answer.at("rows").as_array().size();
  };
  BOOST_TEST(ask() == all.size());
  BOOST_TEST(ask() == 0U);
  all[3].runs = 3;
  BOOST_TEST(ask() == 1U);
}

// Numbers as a busy server has them: each with as many digits as there are, and none twice.
std::vector<TimerSnapshot> a_thousand_busy_ones(std::uint64_t seed) {
  std::mt19937_64 random{seed};
  const auto number = [&](std::uint64_t least) { return least + random() % (9 * least); };
  const auto series = [&] {
    DurationSummary result = summary(number(1'000'000), 1);
    for (nanoseconds* const part : {&result.total, &result.min, &result.max})
      *part = nanoseconds(number(1'000'000));
    result.total *= 100'000;
    result.quantiles.clear();
    for (const double probability : {0.5, 0.9, 0.99})
      result.quantiles.push_back({probability, nanoseconds(number(100'000))});
    return result;
  };
  std::vector<TimerSnapshot> result;
  for (std::size_t i = 0; i < 1000; ++i) {
    TimerSnapshot one = timer("GET /api/v1/customers/" + std::to_string(i), number(1'000'000));
    one.open = number(10);
    one.steps = number(1'000'000);
    one.longest_step = nanoseconds(number(1'000'000));
    one.complete_elapsed = nanoseconds(number(100'000'000'000));
    one.queued_held = one.queued_free = nanoseconds(number(100'000'000'000));
    one.busy = series();
    one.queued = series();
    one.elapsed = series();
    result.push_back(std::move(one));
  }
  return result;
}

BOOST_AUTO_TEST_CASE(a_thousand_timers_that_all_changed_are_200_kilobytes) {
  PageFeed feed;
  const std::string first = feed.rows(a_thousand_busy_ones(1), {});
  const std::string id = first.substr(5, first.find(',') - 5);
  const std::string next = feed.rows(a_thousand_busy_ones(2), {.options = {{"since", id}}});
  BOOST_TEST(!json::parse("{" + next + "}").at("whole").as_bool());
  BOOST_TEST_MESSAGE(next.size() << " bytes, compressed " << detail::gzip(next).size());
  BOOST_TEST(next.size() < 400'000U);
  BOOST_TEST(detail::gzip(next).size() < 200'000U);
  BOOST_TEST(detail::gzip(first).size() < 200'000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
