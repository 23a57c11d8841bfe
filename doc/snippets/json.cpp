//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of perf_timer::json.
#include <perf_timer/json_report.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/trace.hpp>
#include <perf_timer/write_trace.hpp>  // link perf_timer::json

#include <perf_timer/interval_reader.hpp>
#include <perf_timer/perf_timer.hpp>

#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

perf_timer::PerfTimer job_timer{"job", {.log = [](std::string_view) {}}};

void serve_for_a_while() { const auto run = job_timer.measure(); }

bool reports() {
  perf_timer::IntervalReader reader;
  serve_for_a_while();

  std::string text = perf_timer::json_report();  // of every live timer, now
  boost::json::value value = perf_timer::to_json(perf_timer::snapshot_all());
  boost::json::value since = perf_timer::to_json(reader.next());  // an IntervalReader's
  std::vector<perf_timer::TimerSnapshot> back = perf_timer::timers_from_json(value);

  return back == perf_timer::snapshot_all() && perf_timer::timers_from_json(since).size() == 1 &&
         perf_timer::timers_from_json(boost::json::parse(text)) == back;
}

bool traces() {
  perf_timer::start_trace();  // or start_trace({.memory = 64 << 20})
  serve_for_a_while();
  perf_timer::stop_trace();

  std::ofstream file("server.trace.json");
  perf_timer::write_trace(file);
  perf_timer::clear_trace();  // gives the memory back

  file.close();
  std::ifstream written("server.trace.json");
  const std::string text{std::istreambuf_iterator<char>(written), {}};
  return boost::json::parse(text).is_object() && text.find("\"job\"") != std::string::npos;
}

}  // namespace

int main() { return reports() && traces() ? 0 : 1; }
