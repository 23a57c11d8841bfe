//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/json_report.hpp>
#include <perf_timer/prometheus_text.hpp>
#include <perf_timer/write_operations.hpp>
#include <perf_timer/write_table.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <exception>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Socket = asio::local::stream_protocol::socket;

constexpr std::size_t messages = 3;

asio::awaitable<void> exchange(AsioPerfTimer& timer, Socket& from, Socket& to) {
  const auto run = timer.measure();
  std::array<char, 4> data{};
  for (std::size_t i = 0; i < messages; ++i) {
    co_await asio::async_write(from, asio::buffer(data), asio::use_awaitable);
    co_await asio::async_read(to, asio::buffer(data), asio::use_awaitable);
  }
  co_await to.async_receive(asio::buffer(data), asio::use_awaitable);
}

/// Exchanges the messages. Calls `then` when all of that has ended, and one more message is waited
/// for in the same run.
template <class Function>
void run_program(AsioPerfTimer& timer, Function then) {
  asio::io_context context;
  Socket from{context}, to{context};
  asio::local::connect_pair(from, to);
  asio::co_spawn(instrument(context), exchange(timer, from, to),
                 [](const std::exception_ptr& error) { BOOST_TEST(bool(error)); });
  while (context.poll() != 0) continue;
  then();
  to.close();
  context.restart();
  context.run();
}

std::vector<std::string> lines_with(std::string_view part, const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    if (line.find(part) != line.npos) lines.push_back(line);
  return lines;
}

// One case, as what is tracked is never forgotten.
BOOST_AUTO_TEST_CASE(every_report_has_what_the_program_did) {
  std::ostringstream table, timers;
  std::string report, metrics;
  AsioPerfTimer timer("exchange", {.log = silent});
  run_program(timer, [&] {
    write_operations(table);
    write_table(timers, std::vector{timer.snapshot()});
    report = json_report();
    metrics = prometheus_text();
  });

  for (const std::string_view name : {"async_write ", "async_read "}) {
    const auto rows = lines_with(name, table.str());
    BOOST_TEST_REQUIRE(!rows.empty(), table.str());
    BOOST_TEST(rows.front().starts_with(name), table.str());
    BOOST_TEST(rows.front().find("|     3     3 |") != std::string::npos, table.str());
  }
  const auto open = lines_with("open now: ", table.str());
  BOOST_TEST_REQUIRE(open.size() == 1u, table.str());
  BOOST_TEST(open.front().find("1 socket.async_receive") != std::string::npos, open.front());

  std::size_t found = 0;
  const json::value parsed = json::parse(report);
  for (const json::value& operation : parsed.at("operations").as_array()) {
    if (operation.at("part_of") != "async_read") continue;
    ++found;
    BOOST_TEST(operation.at("object") == "socket");
    BOOST_TEST(operation.at("operation") == "async_receive");
    BOOST_TEST(operation.at("count").to_number<std::size_t>() == messages);
    BOOST_TEST(operation.at("calls").to_number<std::size_t>() == messages);
    BOOST_TEST(operation.at("waiting").at("count").to_number<std::size_t>() == messages);
    BOOST_TEST(operation.at("busy").at("count").to_number<std::size_t>() == messages);
  }
  BOOST_TEST(found == 1u);

  const auto series = lines_with(
      R"(perf_timer_operations_total{object="socket",operation="async_receive",part_of="async_read")",
      metrics);
  BOOST_TEST_REQUIRE(series.size() == 1u, metrics);
  BOOST_TEST(series.front().ends_with(" 3"), series.front());

  // What its run has waited for so far. The shares differ from time to time.
  const auto idle = lines_with("idle of \"exchange\"", timers.str());
  BOOST_TEST_REQUIRE(idle.size() == 1u, timers.str());
  for (const std::string_view name :
       {"% async_write tracked_reports.cpp:", "% async_read tracked_"})
    BOOST_TEST(idle.front().find(name) != std::string::npos, idle.front());

  std::size_t waits = 0;
  for (const json::value& one : parsed.at("timers").as_array()) {
    if (one.at("name") != "exchange") continue;
    for (const json::value& awaited : one.at("idle_in").as_array()) {
      ++waits;
      BOOST_TEST((awaited.at("part_of") == "async_read" || awaited.at("part_of") == "async_write"));
      BOOST_TEST(awaited.at("count").to_number<std::size_t>() == messages);
    }
  }
  BOOST_TEST(waits == 2u);

  const auto awaited = lines_with(
      R"(perf_timer_awaited_total{timer="exchange",kind="task",object="socket",operation="async_receive",part_of="async_read")",
      metrics);
  BOOST_TEST_REQUIRE(awaited.size() == 1u);
  BOOST_TEST(awaited.front().ends_with(" 3"), awaited.front());
}

}  // namespace
}  // namespace perf_timer::test
