//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/address_v4.hpp>

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>

namespace http_server {

/// The options of the command line.
struct Options {
  boost::asio::ip::address address = boost::asio::ip::address_v4::loopback();
  std::uint16_t port = 8080;       ///< 0: any free one
  std::uint16_t perf_port = 9464;  ///< where the timers are shown; 0: any free one
  int threads = 2;
  bool timers = true;
  std::string html;    ///< write the page to this file at the end; none if empty
  std::string flight;  ///< where traces of slow requests are saved; nowhere if empty
  bool help = false;
};

/// Throws `std::invalid_argument` that says what was given and what is allowed.
[[nodiscard]] Options parse_options(std::span<const char* const> arguments);

void write_usage(std::ostream& out);

}  // namespace http_server
