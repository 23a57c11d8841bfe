//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The threads of a recorder and of a service work for the first time while the program ends. What
// they use first must not register a destructor: on Windows they would wait for the end of `exit`,
// which waits for them.
#include "common/error_code.hpp"
#include "common/temporary_directory.hpp"

#include <perf_timer/flight_recorder.hpp>
#include <perf_timer/serve.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <iostream>
#include <string>

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace perf_timer;

namespace {

struct AtExit {
  FlightRecorder& recorder;
  Service& service;

  ~AtExit() {
    std::cout << (answer("/perf.json").starts_with("HTTP/1.1 200 ") ? "answered\n" : "silent\n");
    recorder.save("the end");  // by the recorder's thread, for which its destructor waits
  }

  std::string answer(const std::string& path) const {
    asio::io_context context;
    tcp::socket socket{context};
    socket.connect({asio::ip::address_v4::loopback(), service.port()});
    asio::write(socket, asio::buffer("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n"));
    std::string all;
    asio::error_code ended;
    asio::read(socket, asio::dynamic_buffer(all), ended);
    return all;
  }
};

}  // namespace

int main() {
  static const test::TemporaryDirectory directory;
  static FlightRecorder recorder(
      {.directory = directory.path(), .sink = [](const SavedFlight& saved) {
         std::cout << "saved: " << saved.reasons.at(0) << ' ' << 0.5 << '\n';
       }});
  static Service service = serve({});
  static const AtExit at_exit{recorder, service};
}
