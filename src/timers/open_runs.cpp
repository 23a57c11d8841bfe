//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/open_runs.hpp>

#include <perf_timer/detail/timers/each_open_run.hpp>

#include <algorithm>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

/// The oldest runs among those that were looked at.
class Oldest final : public detail::OpenRunsVisitor {
 public:
  explicit Oldest(std::size_t most) : most_(most) {}

  /// Saves a close look at most runs, if there are more than are wanted.
  [[nodiscard]] bool wants(const detail::SightedTimer& timer, detail::Ticks opened) const override {
    return runs_.empty() || runs_.size() != most_ || runs_.front().sight != timer.sight ||
           opened <= runs_.front().opened;
  }

  /// Keeps it if it is among the oldest. The youngest of these is on top of the heap.
  void see(const detail::EachOpenRun& run) override {
    if (runs_.size() == most_) {
      if (most_ == 0 || run.seen.age <= runs_.front().run.age.count()) return;
      std::pop_heap(runs_.begin(), runs_.end(), older);
      runs_.pop_back();
    }
    runs_.push_back({run.timer.sight, run.opened, run.told()});
    std::push_heap(runs_.begin(), runs_.end(), older);
  }

  [[nodiscard]] std::vector<OpenRun> told() && {
    std::sort_heap(runs_.begin(), runs_.end(), older);
    std::vector<OpenRun> result;
    result.reserve(runs_.size());
    for (Found& found : runs_) result.push_back(std::move(found.run));
    return result;
  }

 private:
  struct Found {
    const detail::RunSight* sight;
    detail::Ticks opened;
    OpenRun run;
  };

  [[nodiscard]] static bool older(const Found& a, const Found& b) { return a.run.age > b.run.age; }

  const std::size_t most_;
  std::vector<Found> runs_;
};

}  // namespace

std::vector<OpenRun> open_runs(std::size_t most) {
  Oldest oldest(most);
  static_cast<void>(detail::for_each_open_run(oldest));
  return std::move(oldest).told();
}

}  // namespace perf_timer::inline v0_1
