//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A program that hands its timers to others.

#include <perf_timer.hpp>
#include <perf_timer/json_report.hpp>
#include <perf_timer/to_json.hpp>

#include <chrono>
#include <iostream>
#include <string>

int main() {
  perf_timer::PerfTimer timer{"set up"};
  timer.observe(std::chrono::milliseconds{1});
  const std::string json = perf_timer::json_report();
  std::cout << json << '\n';
  return json.find("set up") != json.npos ? 0 : 1;
}
