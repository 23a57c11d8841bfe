//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What doc/using_it.md shows of ordinary code and of labels, and the line that a timer prints.
#include <perf_timer/perf_timer.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;

namespace {

std::string shrink(std::string picture) {
  picture.resize(picture.size() / 2);
  return picture;
}

bool measures(std::chrono::microseconds duration_from_elsewhere) {
  static perf_timer::PerfTimer timer{"process thumbnail"};  // ThreadPerfTimer for many threads

  auto run = timer.measure();                  // ends with the scope, or run.stop()
  auto shrink_timed = timer.decorate(shrink);  // each call is a run
  timer.observe(duration_from_elsewhere);

  const bool shrunk = shrink_timed("1234") == "12";
  run.stop();
  return shrunk && timer.snapshot().runs == 3;
}

void prints_a_line() {
  perf_timer::PerfTimer timer{"process thumbnail"};
  for (int i = 0; i < 291; ++i) timer.observe((40 + i % 67) * 1us);
  timer.observe(320'500ns);
}

bool has_labels() {
  perf_timer::PerfTimer get{"request", {.labels = {{"method", "GET"}}}};
  perf_timer::PerfTimer put{"request", {.labels = {{"method", "PUT"}}}};

  return get.labels() != put.labels();
}

}  // namespace

int main() {
  prints_a_line();
  return measures(73us) && has_labels() ? 0 : 1;
}
