//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of perf_timer::json.
#include <perf_timer/json_report.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer/flight_recorder.hpp>  // link perf_timer::json
#include <perf_timer/stall_watch.hpp>

#include <perf_timer/trace.hpp>
#include <perf_timer/write_trace.hpp>  // link perf_timer::json

#include <perf_timer/interval_reader.hpp>
#include <perf_timer/perf_timer.hpp>

#include <boost/json/parse.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;

perf_timer::PerfTimer job_timer{"job", {.log = perf_timer::silent}};

void serve_for_a_while() { const auto run = job_timer.measure(); }

bool reports() {
  perf_timer::IntervalReader reader;
  serve_for_a_while();

  std::string text = perf_timer::json_report();  // of every live timer, now
  boost::json::value value = perf_timer::to_json(perf_timer::snapshot_all());
  boost::json::value since = perf_timer::to_json(reader.next());  // an IntervalReader's
  std::vector<perf_timer::TimerSnapshot> back = perf_timer::timers_from_json(value);
  boost::json::value small = perf_timer::to_json(perf_timer::snapshot_all(), {.buckets = false});

  const boost::json::value& busy = small.at("timers").at(0).at("busy");
  return !busy.as_object().contains("buckets") && back == perf_timer::snapshot_all() &&
         perf_timer::timers_from_json(since).size() == 1 &&
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

bool is_recorded() {
  const std::filesystem::path directory = "flight";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directory(directory);
  {
    perf_timer::FlightRecorder recorder({
        .memory = 16 << 20,
        .directory = directory,
        .keep = 5,
        .slower_than = 300ms,
        .ignore = {"connection"},
    });

    const auto watch = perf_timer::watch_stalls({
        .longer_than = 100ms,
        .sink =
            [&](const perf_timer::Stall& stall) {
              std::ostringstream text;
              text << stall;
              if (!stall.over) recorder.save(text.str());
            },
    });
    serve_for_a_while();
    recorder.save("the end");
  }
  return !std::filesystem::is_empty(directory);
}

}  // namespace

int main() { return reports() && traces() && is_recorded() ? 0 : 1; }
