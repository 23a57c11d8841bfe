//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/timers/each_open_run.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

static_assert(static_cast<int>(RunDoes::executes) == static_cast<int>(OpenRunState::executing) &&
              static_cast<int>(RunDoes::waits) == static_cast<int>(OpenRunState::waiting) &&
              static_cast<int>(RunDoes::idles) == static_cast<int>(OpenRunState::idle) &&
              static_cast<int>(RunDoes::unknown) == static_cast<int>(OpenRunState::unknown));

[[nodiscard]] std::optional<std::chrono::nanoseconds> duration(std::optional<Ticks> ticks) {
  if (!ticks) return {};
  return std::chrono::nanoseconds(*ticks);
}

struct Look {
  OpenRunsVisitor& visitor;
  std::unordered_map<ListedRun, SightedTimer> timers{};

  void look_at(const Span& span) const {
    const ListedRun listed = span.listed.load(std::memory_order_acquire);
    if (listed == not_listed) return;
    const auto timer = timers.find(timer_of(listed));
    if (timer == timers.end()) return;
    EachOpenRun run{&span, timer->second, span.opened.seen(), {}};
    if (!visitor.wants(run.timer, run.opened)) return;
    if (timer->second.sight->see(span, listed, run.seen)) visitor.see(run);
  }
};

}  // namespace

v0_1::OpenRun EachOpenRun::told() const {
  return {timer.name, std::chrono::nanoseconds(seen.age), duration(seen.busy),
          duration(seen.queued), static_cast<OpenRunState>(seen.does)};
}

std::unordered_map<ListedRun, SightedTimer> for_each_open_run(OpenRunsVisitor& visitor) {
  Look look{visitor};
  for (auto& timer : Registry::instance().sighted_timers()) {
    const ListedRun serial = timer_of(timer.serial);
    look.timers.try_emplace(serial, std::move(timer));
  }
  for_each_span([](void* all, const Span& span) { static_cast<const Look*>(all)->look_at(span); },
                &look);
  return std::move(look.timers);
}

}  // namespace perf_timer::inline v0_1::detail
