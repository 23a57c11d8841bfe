//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/serve.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

#include "common/hangs_after.hpp"
#include "common/temporary_directory.hpp"
#include "http/client.hpp"
#include "http/messages.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(unix_sockets, *hangs_after(120))

BOOST_AUTO_TEST_CASE(one_is_for_this_user_and_goes_away) {
  const TemporaryDirectory directory;
  const std::string path = directory / "perf";
  {
    const Service service = serve({.address = "unix:" + path});
    BOOST_TEST(service.port() == 0u);
    BOOST_TEST(service.address() == "unix:" + path);
    BOOST_TEST(
        (fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
    BOOST_TEST(get(path, "/index").result_int() == 200u);
    const auto message = message_of<std::system_error>(
        [&] { static_cast<void>(serve({.address = "unix:" + path})); });
    BOOST_TEST(has(message, "already listens on " + path), message);
    BOOST_TEST(get(path, "/index").result_int() == 200u);
  }
  BOOST_TEST(!fs::exists(path));
}

BOOST_AUTO_TEST_CASE(one_of_somebody_else_at_its_path_is_left) {
  const TemporaryDirectory directory;
  const std::string path = directory / "perf";
  std::optional<Service> first(serve({.address = "unix:" + path}));
  fs::remove(path);
  const Service second = serve({.address = "unix:" + path});
  first.reset();
  BOOST_TEST(get(path, "/index").result_int() == 200u);
}

BOOST_AUTO_TEST_CASE(one_that_nobody_serves_is_replaced_and_a_file_is_not) {
  const TemporaryDirectory directory;
  const std::string socket = directory / "socket", file = directory / "file";
  {
    asio::io_context context;
    const asio::local::stream_protocol::acceptor left_behind(context, socket);
  }
  BOOST_TEST(fs::is_socket(socket));
  const Service service = serve({.address = "unix:" + socket});
  BOOST_TEST(get(socket, "/index").result_int() == 200u);
  std::ofstream(file) << "precious";
  BOOST_TEST(has(
      message_of<std::system_error>([&] { static_cast<void>(serve({.address = "unix:" + file})); }),
      "is no socket"));
  BOOST_TEST(fs::file_size(file) == 8u);
}

BOOST_AUTO_TEST_CASE(a_path_has_a_length) {
  for (const std::string& path : {std::string(), '/' + std::string(200, 'a')})
    BOOST_TEST(has(message_of<std::invalid_argument>(
                       [&] { static_cast<void>(serve({.address = "unix:" + path})); }),
                   "1 to 107 bytes"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
