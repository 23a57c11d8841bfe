//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/json_report.hpp>
#include <perf_timer/prometheus_text.hpp>
#include <perf_timer/write_operations.hpp>

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

asio::awaitable<void> exchange(Socket& from, Socket& to) {
  std::array<char, 4> data{};
  for (std::size_t i = 0; i < messages; ++i) {
    co_await asio::async_write(from, asio::buffer(data), asio::use_awaitable);
    co_await asio::async_read(to, asio::buffer(data), asio::use_awaitable);
  }
}

/// Exchanges the messages. Calls `then` when all of that has ended, and one more message is waited
/// for.
template <class Function>
void run_program(Function then) {
  asio::io_context context;
  Socket from{context}, to{context};
  char byte = 0;
  asio::local::connect_pair(from, to);
  asio::co_spawn(context, exchange(from, to),
                 [](const std::exception_ptr& error) { BOOST_TEST(!error); });
  context.run();
  to.async_receive(asio::buffer(&byte, 1), [](boost::system::error_code, std::size_t) {});
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
  std::ostringstream table;
  std::string report, metrics;
  run_program([&] {
    write_operations(table);
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
}

}  // namespace
}  // namespace perf_timer::test
