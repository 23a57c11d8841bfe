//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "slow_ones.hpp"

#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>
#include <perf_timer/detail/tracking/operation_label.hpp>
#include <perf_timer/format_duration.hpp>

#include <algorithm>
#include <chrono>
#include <optional>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] std::optional<std::string> name_of(TracedTimer timer) {
  for (auto& [known, name] : TimerName::all())
    if (known == timer) return std::move(name);
  return std::nullopt;
}

}  // namespace

void SlowOnes::fetch() {
  const SlowEvents::Fetched fetched = slow_events.fetch();
  counted_.runs += fetched.more_runs;
  counted_.steps += fetched.more_steps;
  for (std::size_t i = 0; i != fetched.size; ++i) {
    const SlowEvent& event = fetched.events[i];
    if (is_ignored(event)) continue;
    if (event.end > counted_until_)
      to_save_.push_back(event);
    else
      count({event});
  }
}

void SlowOnes::count(const std::vector<SlowEvent>& events) noexcept {
  for (const SlowEvent& event : events) ++(event.is_step() ? counted_.steps : counted_.runs);
}

void SlowOnes::written(Ticks now, bool for_slow_ones) noexcept {
  constexpr Ticks latest = std::numeric_limits<Ticks>::max();
  const Ticks pause = for_slow_ones ? pause_ : 0;
  counted_until_ = std::max(counted_until_, now > latest - pause ? latest : now + pause);
}

bool SlowOnes::is_ignored(const SlowEvent& event) {
  if (ignore_.empty() || event.is_step()) return false;
  if (known_.size() > 10'000) known_.clear();  // timers that are gone
  const auto [known, is_new] = known_.try_emplace(event.timer, false);
  if (is_new) {
    const auto name = name_of(event.timer);
    known->second = name && std::find(ignore_.begin(), ignore_.end(), *name) != ignore_.end();
  }
  return known->second;
}

std::string to_string(const SlowEvent& event) {
  constexpr const char* what[] = {"run", "step", "function", "handler"};
  std::string text = what[static_cast<std::size_t>(event.of)];
  if (event.of == SlowEvent::Of::handler)
    text += " of " + escaped(operation_label(event.operation));
  if (event.timer != 0) {
    if (event.of != SlowEvent::Of::run) text += event.of == SlowEvent::Of::step ? " for" : " of";
    text += " \"" + escaped(name_of(event.timer).value_or("a timer that is gone")) + '"';
  }
  return text + " took " + format_duration(std::chrono::nanoseconds(event.end - event.begin));
}

}  // namespace perf_timer::inline v0_1::detail
