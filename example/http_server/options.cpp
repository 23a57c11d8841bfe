//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "options.hpp"

#include <charconv>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace http_server {
namespace {

int parse_number(std::string_view option, std::string_view text, int lowest, int highest) {
  int number = 0;
  const auto* const end = text.data() + text.size();
  const auto [parsed, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || parsed != end || number < lowest || number > highest) {
    throw std::invalid_argument{std::string{option} + " takes a number from " +
                                std::to_string(lowest) + " to " + std::to_string(highest) +
                                ", not \"" + std::string{text} + "\""};
  }
  return number;
}

boost::asio::ip::address parse_address(std::string_view text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(text, error);
  if (error) {
    throw std::invalid_argument{"--address takes an address such as 127.0.0.1 or ::1, not \"" +
                                std::string{text} + "\""};
  }
  return address;
}

}  // namespace

Options parse_options(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view option = arguments[i];
    const auto value = [&]() -> std::string_view {
      return i + 1 < arguments.size() ? arguments[++i] : "";
    };
    const auto number = [&](int lowest, int highest) {
      return parse_number(option, value(), lowest, highest);
    };
    if (option == "--address") {
      options.address = parse_address(value());
    } else if (option == "--port") {
      options.port = static_cast<std::uint16_t>(number(0, 65'535));
    } else if (option == "--perf-port") {
      options.perf_port = static_cast<std::uint16_t>(number(0, 65'535));
#ifndef HTTP_SERVER_HAS_HTTP
      throw std::invalid_argument{
          "--perf-port needs perf_timer::http, and this program was built without it"};
#endif
    } else if (option == "--threads") {
      options.threads = number(1, 1024);
    } else if (option == "--no-timers") {
      options.timers = false;
    } else if (option == "--html") {
      if (++i == arguments.size() || *arguments[i] == '\0')
        throw std::invalid_argument{"--html takes the name of a file"};
      options.html = arguments[i];
#ifndef HTTP_SERVER_HAS_HTML
      throw std::invalid_argument{
          "--html needs perf_timer::html, and this program was built without it"};
#endif
    } else if (option == "--flight") {
      if (++i == arguments.size() || *arguments[i] == '\0')
        throw std::invalid_argument{"--flight takes the name of a folder"};
      options.flight = arguments[i];
#ifndef HTTP_SERVER_HAS_JSON
      throw std::invalid_argument{
          "--flight needs perf_timer::json, and this program was built without it"};
#endif
    } else if (option == "--help") {
      options.help = true;
    } else {
      throw std::invalid_argument{"unknown option \"" + std::string{option} + "\"; see --help"};
    }
  }
  return options;
}

void write_usage(std::ostream& out) {
  out << "usage: http_server [--address A] [--port N] [--threads N] [--no-timers]"
#ifdef HTTP_SERVER_HAS_HTTP
         " [--perf-port N]"
#endif
#ifdef HTTP_SERVER_HAS_HTML
         " [--html FILE]"
#endif
#ifdef HTTP_SERVER_HAS_JSON
         " [--flight DIR]"
#endif
         "\n"
         "\n"
         "Serves /hello, /thumbnail, /upstream, /ledger and /visits until Ctrl-C, then says where\n"
         "each route's time went. Steps that block a thread are told on standard error.\n"
         "\n"
         "  --address A   listen on this address (default 127.0.0.1, which only this machine can\n"
         "                reach); there is no password\n"
         "  --port N      listen on this port; 0 takes a free one (default 8080)\n"
         "  --threads N   run the server on this many threads (default 2)\n"
         "  --no-timers   run the same server unmeasured, to compare throughput\n"
#ifdef HTTP_SERVER_HAS_HTTP
         "  --perf-port N show what the server does while it runs, on this port of 127.0.0.1;\n"
         "                0 takes a free one (default 9464)\n"
#endif
#ifdef HTTP_SERVER_HAS_HTML
         "  --html FILE   write what the page there shows to a file at the end\n"
#endif
#ifdef HTTP_SERVER_HAS_JSON
         "  --flight DIR  when something takes longer than 100 ms, save a trace of what ran\n"
         "                around it in this folder\n"
#endif
      ;
}

}  // namespace http_server
