//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What the live page is told, beside rows of timers.
#include <perf_timer.hpp>
#include <perf_timer/serve.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

#include "common/hangs_after.hpp"
#include "common/quiet_timer.hpp"
#include "http/client.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::value page(const Service& service, const std::string& options = {}) {
  return json::parse(get(service.port(), "/perf.json?page=1" + options).body());
}

BOOST_AUTO_TEST_SUITE(page_views, *hangs_after(120))

BOOST_AUTO_TEST_CASE(a_program_gets_a_report_as_before) {
  const QuietTimer<std::chrono::steady_clock> timer("decode");
  const Service service = serve({.port = 0});
  const json::value report = json::parse(get(service.port(), "/perf.json").body());
  BOOST_TEST(report.at("schema").as_string() == "perf_timer");
  BOOST_TEST(report.at("timers").at(0).at("busy").as_object().contains("buckets"));
  const json::value told = page(service);
  BOOST_TEST(told.at("schema").as_string() == "perf_timer_page");
  BOOST_TEST(told.at("rows").at(0).at(1).at(0).as_string() == "decode");
}

BOOST_AUTO_TEST_CASE(only_the_first_view_shows_what_happens_now) {
  QuietTimer<std::chrono::steady_clock> timer("a \x1b session");
  asio::io_context context;
  const Service service = serve({.port = 0});
  json::value shown, other;
  asio::post(instrument(context), [&] {
    const auto run = timer.measure();
    shown = page(service, "&view=now");
    other = page(service, "&view=timers");
  });
  context.run();
  BOOST_TEST(!other.as_object().contains("now"));
  const json::value& now = shown.at("now");
  BOOST_REQUIRE(now.at("steps").as_array().size() == 1U);
  // It has just begun, and its thread isn't interrupted to find out for whom it executes.
  BOOST_TEST(!now.at("steps").at(0).at("explained").as_bool());
  BOOST_REQUIRE(now.at("open_runs").as_array().size() == 1U);
  const json::object& run = now.at("open_runs").at(0).as_object();
  BOOST_TEST(run.at("name").as_string() == "a \x1b session");
  BOOST_TEST(run.at("state").as_string() == "executing");
  BOOST_TEST(run.contains("busy_ns"));
  BOOST_REQUIRE(!now.at("threads").as_array().empty());
  BOOST_TEST(now.at("threads").at(0).as_object().contains("samples"));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_tracked_says_so) {
  const Service service = serve({.port = 0});
  const json::value told = page(service, "&view=operations");
  BOOST_TEST(!told.at("is_tracked").as_bool());
  BOOST_TEST(told.at("operations").as_array().empty());
}

BOOST_AUTO_TEST_CASE(nonsense_is_the_first_question) {
  const Service service = serve({.port = 0});
  for (const char* const options : {"", "&since=", "&since=-1", "&since=99999999999999999999999",
                                    "&since=nothing&view=nowhere&of=nobody"})
    BOOST_TEST(page(service, options).at("whole").as_bool(), options);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
