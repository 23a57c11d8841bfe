//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "idle_text.hpp"

#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>

#include "shares.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t most_shown = 3;
constexpr std::size_t most_characters = 40;  // of a name, and of a place

/// What the program started at one place, and how long that waited.
struct Awaited {
  std::string name, place;
  nanoseconds waited{};
};

/// Returns what waited at all, the longest first. Steps of a composed operation are one.
std::vector<Awaited> longest_first(const std::vector<AwaitedOperation>& operations) {
  std::map<std::tuple<std::string, std::string, unsigned, std::string>, nanoseconds> sums;
  for (const AwaitedOperation& one : operations) {
    if (one.waited <= nanoseconds::zero()) continue;
    nanoseconds& sum =
        sums[{one.part_of.empty() ? qualified_name(one.object, one.operation) : one.part_of,
              one.file, one.line, one.file.empty() ? one.function : std::string{}}];
    sum = add_times(sum, one.waited);
  }
  std::vector<Awaited> all;
  for (const auto& [key, waited] : sums) {
    const auto& [name, file, line, function] = key;
    all.push_back({name, place_name(file, line, function), waited});
  }
  sort_stably(all, [](const Awaited& a, const Awaited& b) { return a.waited > b.waited; });
  return all;
}

std::string each(nanoseconds total, double runs) {
  return duration_text(static_cast<double>(total.count()) / runs, 3, short_units) + " a run";
}

}  // namespace

std::string idle_text(const TimerSnapshot& timer) {
  const std::vector<Awaited> all = longest_first(timer.idle_in);
  if (all.empty()) return {};
  const auto complete = static_cast<double>(timer.runs - timer.partial);
  // Other runs waited, too.
  const double runs = static_cast<double>(timer.runs) + static_cast<double>(timer.failed) +
                      static_cast<double>(timer.lost) + static_cast<double>(timer.open);
  const nanoseconds idle = timer.idle();
  if (runs <= 0 || (complete > 0 && idle < timer.complete_elapsed / 100)) return {};
  std::vector<nanoseconds> parts;
  nanoseconds waited{};
  for (const Awaited& one : all) {
    parts.push_back(one.waited);
    waited = add_times(waited, one.waited);
  }
  std::string text = "idle of \"" + escaped(labelled_name(timer)) + "\": ";
  text += complete > 0 ? each(idle, complete) : "not known";
  // Operations may wait at once, or while something executes. So they can have waited for longer.
  text += "; its operations waited " + each(waited, runs) + ": ";
  const std::vector<std::string> of_waited = shares(parts);
  const std::size_t shown = std::min(all.size(), most_shown);
  for (std::size_t i = 0; i != shown; ++i) {
    if (i != 0) text += ", ";
    text += of_waited[i] + ' ' + shortened(escaped(all[i].name), most_characters);
    if (!all[i].place.empty()) text += ' ' + shortened(escaped(all[i].place), most_characters);
  }
  const std::size_t others = all.size() - shown;
  if (others == 1) text += ", and 1 other";
  if (others > 1) text += ", and " + std::to_string(others) + " others";
  return text + '\n';
}

}  // namespace perf_timer::inline v0_1::detail
