//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/report/text.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

constexpr std::size_t most_shown = 5;

struct Sum {
  std::uint64_t threads = 0, samples = 0, in_steps = 0;
  std::map<std::string, std::uint64_t> executed{};
};

std::string words_of(const ExecutedFor& what) {
  if (what.run.empty()) return what.executor.empty() ? "in no run" : detail::escaped(what.executor);
  std::string text = detail::escaped(what.run);
  if (!what.executor.empty()) text += " in " + detail::escaped(what.executor);
  return text;
}

Sum sum_of(std::span<const ThreadSnapshot> threads) {
  Sum sum;
  for (const ThreadSnapshot& thread : threads) {
    if (thread.samples == 0) continue;
    sum.threads += std::max<std::uint64_t>(thread.ended, 1);
    sum.samples += thread.samples;
    sum.in_steps += thread.samples - thread.idle;
    for (const ExecutedFor& what : thread.executed) sum.executed[words_of(what)] += what.samples;
  }
  return sum;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  const double share = 100 * static_cast<double>(part) / static_cast<double>(whole);
  return (share > 0 && share < 1 ? "<1" : std::to_string(std::llround(share))) + " % ";
}

}  // namespace

std::string report_line(std::span<const ThreadSnapshot> threads) {
  const Sum sum = sum_of(threads);
  if (sum.samples == 0) return {};
  std::vector<std::pair<std::string, std::uint64_t>> shares(sum.executed.begin(),
                                                            sum.executed.end());
  detail::sort_stably(shares, [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = "threads: " + std::to_string(sum.threads) + ", " +
                     percent(sum.in_steps, sum.samples) + "in steps";
  std::uint64_t rest = sum.in_steps;
  std::string_view before = ": ";
  for (std::size_t i = 0; i < std::min(shares.size(), most_shown); ++i) {
    const auto& [words, samples] = shares[i];
    if (i != 0 && samples * 100 < sum.samples) break;
    text.append(before).append(percent(samples, sum.samples)).append(words);
    before = ", ";
    rest -= samples;
  }
  if (rest != 0) text.append(before).append(percent(rest, sum.samples)).append("for others");
  return text + " (" + std::to_string(sum.samples) + " samples)";
}

}  // namespace perf_timer::inline v0_1
