//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Writes Prometheus' text for timers and operations whose names the command line gives in
// hexadecimal digits.
#include <perf_timer/metric_families.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <prometheus/text_serializer.h>

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
  std::vector<perf_timer::OperationSnapshot> operations;
  for (int i = 1; i < argc; ++i) {
    auto& timer = timers.emplace_back();
    timer.name = from_hexadecimal(argv[i]);
    timer.runs = 1;
    timer.lost = 1;
    timer.lost_reasons = {{"for a \"reason\" \\ and\nanother", 1}};
    timer.idle_in = {{.object = timer.name,
                      .operation = timer.name,
                      .part_of = timer.name,
                      .function = timer.name,
                      .count = 1}};
    timer.elapsed.count = 1;
    timer.elapsed.total = std::chrono::milliseconds{1};
    timer.elapsed.buckets = {{std::chrono::milliseconds{1}, std::chrono::milliseconds{1}, 1}};
    auto& operation = operations.emplace_back();
    operation.object = operation.operation = operation.function = timer.name;
    operation.count = 1;
    operation.queued = operation.busy = timer.elapsed;
  }
  std::cout << perf_timer::prometheus_text(timers)
            << prometheus::TextSerializer{}.Serialize(perf_timer::metric_families(operations));
}
