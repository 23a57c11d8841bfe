//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Writes Prometheus' text for timers whose names the command line gives in hexadecimal digits.
#include <perf_timer/prometheus_text.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string from_hexadecimal(std::string_view digits) {
  std::string bytes;
  for (; digits.size() >= 2; digits.remove_prefix(2))
    bytes += static_cast<char>(std::stoi(std::string{digits.substr(0, 2)}, nullptr, 16));
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<perf_timer::TimerSnapshot> timers;
  for (int i = 1; i < argc; ++i) {
    auto& timer = timers.emplace_back();
    timer.name = from_hexadecimal(argv[i]);
    timer.runs = 1;
    timer.lost = 1;
    timer.lost_reasons = {{"for a \"reason\" \\ and\nanother", 1}};
    timer.elapsed.count = 1;
    timer.elapsed.total = std::chrono::milliseconds{1};
    timer.elapsed.buckets = {{std::chrono::milliseconds{1}, std::chrono::milliseconds{1}, 1}};
  }
  std::cout << perf_timer::prometheus_text(timers);
}
