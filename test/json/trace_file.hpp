//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/write_trace.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

namespace json = boost::json;

/// A trace file, read back. Times are whole nanoseconds.
class TraceFile {
 public:
  TraceFile() : TraceFile(written()) {}
  explicit TraceFile(std::string text) : text_(std::move(text)) {
    all_ = json::parse(text_);  // Boost.JSON checks for UTF-8 here
    check();
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const json::object& metadata() const { return all_.at("metadata").as_object(); }

  /// "begin-end name key=value ...", for the events of one process in the order of the file. `keys`
  /// are the args to show, unless they are missing or zero.
  [[nodiscard]] std::vector<std::string> slices(
      std::string_view process, const std::vector<std::string_view>& keys = {}) const {
    std::vector<std::string> rows;
    for (const json::object* event : events("X"))
      if (process_of(*event) == process) {
        const long begin = ns(event->at("ts"));
        rows.push_back(row(begin, begin + ns(event->at("dur")), *event, keys));
      }
    return rows;
  }

  /// The same for causal runs and what they waited for, in the order in which they began.
  [[nodiscard]] std::vector<std::string> runs(
      const std::vector<std::string_view>& keys = {}) const {
    return spans("runs", keys);
  }

  /// What was waited for on behalf of no known run, in the order in which that began.
  [[nodiscard]] std::vector<std::string> waits(
      const std::vector<std::string_view>& keys = {}) const {
    return spans("operations", keys);
  }

  /// What a flight recorder marks, in the order in which it began.
  [[nodiscard]] std::vector<std::string> marked() const {
    return spans("flight recorder", {"elapsed_us"});
  }
  /// Why a flight recorder saved it: of the events, which have to be those of the metadata.
  [[nodiscard]] std::vector<std::string> reasons() const {
    std::vector<std::string> found, told;
    for (const json::object* event : events("i"))
      found.emplace_back(std::string_view(event->at("name").as_string()));
    for (const json::value& reason : flight().at("reasons").as_array())
      told.emplace_back(std::string_view(reason.as_string()));
    BOOST_TEST(found == told, boost::test_tools::per_element());
    return found;
  }
  [[nodiscard]] const json::object& flight() const { return metadata().at("flight").as_object(); }

  /// The arrows as "time in this thread > time in that one".
  [[nodiscard]] std::vector<std::string> arrows() const {
    std::map<long, const json::object*> begins;
    for (const json::object* event : events("s")) begins[id(*event)] = event;
    std::vector<std::string> rows;
    for (const json::object* event : events("f"))
      rows.push_back(std::to_string(ns(begins.at(id(*event))->at("ts"))) + " > " +
                     std::to_string(ns(event->at("ts"))));
    return rows;
  }

  /// The names of a process's tracks.
  [[nodiscard]] std::vector<std::string> tracks(std::string_view process) const {
    std::vector<std::string> names;
    for (const json::object* event : events("M"))
      if (event->at("name").as_string() == "thread_name" && process_of(*event) == process)
        names.emplace_back(event->at("args").at("name").as_string());
    return names;
  }

 private:
  static std::string written() {
    std::ostringstream out;
    write_trace(out);
    return out.str();
  }
  static long ns(const json::value& us) { return std::lround(us.to_number<double>() * 1000); }
  static long id(const json::object& event) { return event.at("id").to_number<long>(); }
  using Id = std::pair<std::string_view, long>;
  static Id id_in_process(const json::object& event) { return {process_of(event), id(event)}; }

  [[nodiscard]] std::vector<std::string> spans(std::string_view process,
                                               const std::vector<std::string_view>& keys) const {
    std::map<const json::object*, long> ends;
    std::map<Id, std::vector<const json::object*>> open;
    std::vector<const json::object*> begins;
    for (const json::object* event : events()) {
      const std::string_view phase = event->at("ph").as_string();
      if ((phase != "b" && phase != "e") || process_of(*event) != process) continue;
      auto& around = open[id_in_process(*event)];
      if (phase == "b") {
        begins.push_back(event);
        around.push_back(event);
      } else {
        ends[around.back()] = ns(event->at("ts"));
        around.pop_back();
      }
    }
    std::vector<std::string> rows;
    for (const json::object* event : begins)
      rows.push_back(row(ns(event->at("ts")), ends.at(event), *event, keys));
    return rows;
  }

  [[nodiscard]] std::vector<const json::object*> events(std::string_view phase = {}) const {
    std::vector<const json::object*> found;
    for (const json::value& event : all_.at("traceEvents").as_array())
      if (phase.empty() || event.at("ph").as_string() == phase) found.push_back(&event.as_object());
    return found;
  }
  [[nodiscard]] static std::string_view process_of(const json::object& event) {
    constexpr std::string_view names[] = {"",     "threads",         "executors",
                                          "runs", "flight recorder", "operations"};
    return names[event.at("pid").to_number<std::size_t>()];
  }
  [[nodiscard]] static std::string row(long begin, long end, const json::object& event,
                                       const std::vector<std::string_view>& keys) {
    std::ostringstream out;
    out << begin << '-' << end << ' ' << std::string_view(event.at("name").as_string());
    const json::object& args = event.at("args").as_object();
    for (const auto key : keys) {
      const json::value* const value = args.if_contains(key);
      if (!value) continue;
      if (value->is_string())
        out << ' ' << key << '=' << std::string_view(value->as_string());
      else if (const long number = ns(*value); number != 0)
        out << ' ' << key << '=' << number;
    }
    return out.str();
  }

  /// Checks what the format demands.
  void check() const {
    BOOST_TEST(all_.at("displayTimeUnit").as_string() == "ns");
    long last = 0;
    std::map<std::pair<long, long>, std::vector<long>>
        open;  // for each track, the ends of its open events
    std::set<long> arrows;
    const std::set<std::string_view> texts{"lost", "partial", "executor", "operation", "run"};
    std::map<Id, std::vector<std::string_view>> runs;  // their names, and those inside them
    for (const json::object* event : events()) {
      const std::string_view phase = event->at("ph").as_string();
      if (phase == "M") continue;
      const long at = ns(event->at("ts"));
      BOOST_TEST(at >= last);
      last = at;
      if (phase == "X") {
        const long end = at + ns(event->at("dur"));
        BOOST_TEST(end >= at);
        auto& around = open[{ns(event->at("pid")), ns(event->at("tid"))}];
        while (!around.empty() && around.back() <= at) around.pop_back();
        if (!around.empty()) BOOST_TEST(end <= around.back());
        around.push_back(end);
      } else if (phase == "s") {
        BOOST_TEST(arrows.insert(id(*event)).second);
      } else if (phase == "f") {
        BOOST_TEST(arrows.erase(id(*event)) == 1u);
        BOOST_TEST(event->at("bp").as_string() == "e");
      } else if (phase == "b") {
        runs[id_in_process(*event)].push_back(event->at("name").as_string());
      } else if (phase == "i") {
        BOOST_TEST(event->at("s").as_string() == "t");
      } else {
        BOOST_TEST(phase == "e");
        auto& around = runs[id_in_process(*event)];
        BOOST_TEST_REQUIRE(!around.empty());
        BOOST_TEST(event->at("name").as_string() == around.back());
        around.pop_back();
      }
      if (const json::value* const args = event->if_contains("args"))
        for (const auto& [key, value] : args->as_object())
          BOOST_TEST(value.is_number() == !texts.contains(key));
    }
    BOOST_TEST(arrows.empty());
    for (const auto& [run, around] : runs) BOOST_TEST(around.empty());
  }

  std::string text_;
  json::value all_;
};

inline void check_rows(const std::vector<std::string>& found,
                       const std::vector<std::string>& expected) {
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

}  // namespace perf_timer::test
