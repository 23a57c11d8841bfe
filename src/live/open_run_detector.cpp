//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/open_run_detector.hpp>
#include <perf_timer/detail/timers/each_open_run.hpp>

#include <algorithm>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Takes notes of runs that have been open for too long.
class OpenRunDetector::Visitor final : public OpenRunsVisitor {
 public:
  explicit Visitor(OpenRunDetector& detector) noexcept : detector_(detector) {}

  void see(const EachOpenRun& run) override {
    if (run.seen.age < detector_.longer_than_) return;
    const Key key{timer_of(run.timer.serial), run.span, run.opened};
    const auto [known, is_new] = detector_.old_.try_emplace(key);
    known->second.found = true;
    if (is_new)
      news_.push_back({key, run.told()});
    else if (known->second.told)
      known->second.last = run.told();
  }

  /// Returns those that weren't as old before, the oldest first.
  [[nodiscard]] std::vector<std::pair<Key, OpenRun>> news() && {
    std::ranges::sort(news_, std::ranges::greater{},
                      [](const auto& one) { return one.second.age; });
    return std::move(news_);
  }

 private:
  OpenRunDetector& detector_;
  std::vector<std::pair<Key, OpenRun>> news_;
};

void OpenRunDetector::look(const std::function<Ticks()>& clock, TellLimit& limit,
                           std::vector<Stall>& told, bool last) {
  if (longer_than_ == 0) return;
  const Ticks now = clock();
  if (has_looked_ && now < next_ && !last) return;
  has_looked_ = true;
  next_ = now + longer_than_ / 4;
  for (auto& run : old_) run.second.found = false;
  Visitor visitor(*this);
  const auto timers = for_each_open_run(visitor);
  // From before the last look at them to behind this one.
  const Ticks since = clock() - std::exchange(looked_, now);

  const auto tell = [&](const OpenRun& run, bool over) {
    Stall& stall = told.emplace_back();
    stall.lasted = run.age;
    stall.lasted_at_most = over ? run.age + std::chrono::nanoseconds(since) : run.age;
    stall.over = over;
    stall.open_run = run;
  };
  for (auto& [key, run] : std::move(visitor).news()) {
    if (last) break;
    Old& old = old_.at(key);
    old.told = limit.allows(now);
    if (!old.told) continue;
    tell(run, false);
    told.back().held_back_runs = limit.held_back();
    old.last = std::move(run);
  }
  std::erase_if(old_, [&](const auto& one) {
    const auto& [key, old] = one;
    if (old.found) return false;
    // Nobody knows of the runs of a timer that is gone.
    if (old.told && timers.contains(std::get<ListedRun>(key))) tell(old.last, true);
    return true;
  });
}

}  // namespace perf_timer::inline v0_1::detail
