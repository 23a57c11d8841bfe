//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/metric_families.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <perf_timer.hpp>

#include "exposition.hpp"

#include <prometheus/text_serializer.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

Exposition shown(const std::vector<ThreadSnapshot>& threads,
                 const PrometheusOptions& options = {}) {
  return Exposition{prometheus::TextSerializer{}.Serialize(metric_families(threads, options))};
}

BOOST_AUTO_TEST_SUITE(thread_families)

BOOST_AUTO_TEST_CASE(a_thread_has_its_processor_time_and_steps) {
  const auto text =
      shown({{.thread = 4711, .name = "worker", .processor_time = 1500ms, .steps = 9}});
  BOOST_TEST(text.value("perf_timer_threads", {}) == 1);
  BOOST_TEST(text.value("perf_timer_thread_processor_seconds_total",
                        {{"thread", "4711"}, {"thread_name", "worker"}}) == 1.5);
  BOOST_TEST(text.value("perf_timer_thread_steps_total",
                        {{"thread", "4711"}, {"thread_name", "worker"}}) == 9);
  BOOST_TEST(text.count("perf_timer_thread_samples_total", {}) == 0u);
}

BOOST_AUTO_TEST_CASE(samples_are_added_up_also_of_threads_that_have_ended) {
  const auto text = shown(
      {{.thread = 1, .samples = 10, .idle = 4, .executed = {{"GET /", "ledger", 5}, {"", "", 1}}},
       {.thread = 2, .samples = 10, .idle = 9, .executed = {{"GET /", "ledger", 1}}},
       {.ended = 3, .samples = 10, .idle = 8, .executed = {{"", "", 2}}}});
  const char* const name = "perf_timer_thread_samples_total";
  BOOST_TEST(text.value("perf_timer_threads", {}) == 2);
  BOOST_TEST(text.count("perf_timer_thread_steps_total", {}) == 2u);
  BOOST_TEST(text.value(name, {{"state", "idle"}}) == 21);
  BOOST_TEST(text.value(name, {{"run", "GET /"}, {"executor", "ledger"}}) == 6);
  BOOST_TEST(text.value(name, {{"state", "in_steps"}, {"run", ""}, {"executor", ""}}) == 3);
}

BOOST_AUTO_TEST_CASE(options_hold_here_too) {
  const auto text =
      shown({{.thread = 1, .samples = 1, .idle = 1}}, {.prefix = "p", .labels = {{"zone", "eu"}}});
  BOOST_TEST(text.value("p_threads", {{"zone", "eu"}}) == 1);
  for (const auto& series : text.series()) BOOST_TEST(series.labels.at("zone") == "eu");
  for (const char* const ours : {"thread", "thread_name", "state", "run", "executor"})
    BOOST_CHECK_THROW(shown({}, {.labels = {{ours, "x"}}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(the_text_of_all_has_them) {
  asio::io_context context;
  asio::post(instrument(context), [] {
    BOOST_TEST(Exposition{prometheus_text()}.value("perf_timer_threads", {}) == 1);
  });
  context.run();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
