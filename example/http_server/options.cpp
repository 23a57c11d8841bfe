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

}  // namespace

Options parse_options(std::span<const char* const> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view option = arguments[i];
    const auto number = [&](int lowest, int highest) {
      const std::string_view text = i + 1 < arguments.size() ? arguments[++i] : "";
      return parse_number(option, text, lowest, highest);
    };
    if (option == "--port") {
      options.port = static_cast<std::uint16_t>(number(0, 65'535));
    } else if (option == "--threads") {
      options.threads = number(1, 1024);
    } else if (option == "--no-timers") {
      options.timers = false;
    } else if (option == "--html") {
      if (++i == arguments.size() || *arguments[i] == '\0')
        throw std::invalid_argument{"--html takes the name of a file"};
      options.html = arguments[i];
#ifndef HTTP_SERVER_HAS_HTML
      throw std::invalid_argument{"--html needs perf_timer::html, which this was built without"};
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
  out << "usage: http_server [--port N] [--threads N] [--no-timers] [--html FILE]\n"
         "\n"
         "Serves /hello, /thumbnail, /upstream and /ledger on 127.0.0.1 until Ctrl-C, then tells\n"
         "where each route's time went.\n"
         "\n"
         "  --port N      listen on this port; 0 takes a free one (default 8080)\n"
         "  --threads N   run the server on this many threads (default 2)\n"
         "  --no-timers   run the same server unmeasured, to compare throughput\n"
#ifdef HTTP_SERVER_HAS_HTML
         "  --html FILE   write what the live page shows to a file at the end\n"
         "\n"
         "/perf is the live page of its timers.\n"
#endif
      ;
}

}  // namespace http_server
