//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program that is served at an address, with a token or without. It prints its port, and ends
// when its input does. A run of a timer whose name could command a terminal stays open.
#include <perf_timer.hpp>
#include <perf_timer/serve.hpp>

#include <iostream>
#include <string>

int main(int, char** argv) {
  const perf_timer::Service service =
      perf_timer::serve({.address = argv[1], .port = 0, .token = argv[2]});
  perf_timer::AsioPerfTimer timer("a \x1b[2J session \xe4\xba\xba", {.log = perf_timer::silent});
  const auto run = timer.start();
  std::cout << service.port() << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}
