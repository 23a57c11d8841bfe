//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/open_runs.hpp>

#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/span/run_sight.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

using detail::ListedRun;
using detail::SeenRun;
using detail::SightedTimer;

static_assert(static_cast<int>(detail::RunDoes::executes) ==
                  static_cast<int>(OpenRunState::executing) &&
              static_cast<int>(detail::RunDoes::waits) == static_cast<int>(OpenRunState::waiting) &&
              static_cast<int>(detail::RunDoes::idles) == static_cast<int>(OpenRunState::idle) &&
              static_cast<int>(detail::RunDoes::unknown) ==
                  static_cast<int>(OpenRunState::unknown));

/// The oldest runs among those that were looked at.
class Oldest {
 public:
  explicit Oldest(std::size_t most) : most_(most) {
    for (auto& timer : detail::Registry::instance().sighted_timers()) {
      const ListedRun serial = detail::timer_of(timer.serial);
      timers_.try_emplace(serial, std::move(timer));
    }
  }

  void look_at(const detail::Span& span) {
    const ListedRun listed = span.listed.load(std::memory_order_acquire);
    if (listed == detail::not_listed) return;
    const auto timer = timers_.find(detail::timer_of(listed));
    if (timer == timers_.end()) return;
    const detail::Ticks opened = span.opened.seen();
    if (is_too_young(timer->second, opened)) return;
    Found found{&timer->second, opened, {}};
    if (timer->second.sight->see(span, listed, found.run)) keep(std::move(found));
  }

  [[nodiscard]] std::vector<OpenRun> told() && {
    std::sort_heap(runs_.begin(), runs_.end(), older);
    std::vector<OpenRun> result;
    result.reserve(runs_.size());
    for (const Found& found : runs_)
      result.push_back({found.timer->name, std::chrono::nanoseconds(found.run.age),
                        duration(found.run.busy), duration(found.run.queued),
                        static_cast<OpenRunState>(found.run.does)});
    return result;
  }

 private:
  struct Found {
    const SightedTimer* timer;
    detail::Ticks opened;
    SeenRun run;
  };

  /// Saves a close look at most runs, if there are more than are wanted.
  [[nodiscard]] bool is_too_young(const SightedTimer& timer, detail::Ticks opened) const {
    return !runs_.empty() && runs_.size() == most_ && runs_.front().timer->sight == timer.sight &&
           opened > runs_.front().opened;
  }

  [[nodiscard]] static bool older(const Found& a, const Found& b) { return a.run.age > b.run.age; }
  [[nodiscard]] static std::optional<std::chrono::nanoseconds> duration(
      std::optional<detail::Ticks> ticks) {
    if (!ticks) return {};
    return std::chrono::nanoseconds(*ticks);
  }

  /// Keeps it if it is among the oldest. The youngest of these is on top of the heap.
  void keep(Found found) {
    if (runs_.size() == most_) {
      if (most_ == 0 || !older(found, runs_.front())) return;
      std::pop_heap(runs_.begin(), runs_.end(), older);
      runs_.pop_back();
    }
    runs_.push_back(std::move(found));
    std::push_heap(runs_.begin(), runs_.end(), older);
  }

  const std::size_t most_;
  std::unordered_map<ListedRun, SightedTimer> timers_;
  std::vector<Found> runs_;
};

}  // namespace

std::vector<OpenRun> open_runs(std::size_t most) {
  Oldest oldest(most);
  detail::for_each_span(
      [](void* context, const detail::Span& span) { static_cast<Oldest*>(context)->look_at(span); },
      &oldest);
  return std::move(oldest).told();
}

}  // namespace perf_timer::inline v0_1
