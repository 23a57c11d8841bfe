//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/at_quick_exit.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/span/oldest_runs.hpp>
#include <perf_timer/detail/span/run_sight.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// One pass over the sources, on one thread's stack. The list may change while a source is called.
/// `remove` then moves on each pass whose next source is the removed one.
class Registry::Walk {
 public:
  explicit Walk(const Registry& registry) : registry_{registry} {
    const std::lock_guard lock{registry_.mutex_};
    next_ = registry_.first_;
    last_id_ = registry_.last_id_;
    others_ = registry_.walks_;
    registry_.walks_ = this;
  }

  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  ~Walk() {
    const std::lock_guard lock{registry_.mutex_};
    Walk** link = &registry_.walks_;
    while (*link != this) link = &(*link)->others_;
    *link = others_;
    registry_.walk_moved_.notify_all();
  }

  /// Returns the next source, or null at the end. The source can't be removed until the next call.
  ReportSource* next() {
    const std::lock_guard lock{registry_.mutex_};
    registry_.walk_moved_.notify_all();
    current_ = next_ != nullptr && next_->id_ <= last_id_ ? next_ : nullptr;
    if (current_ != nullptr) next_ = current_->next_;
    return current_;
  }

 private:
  friend class Registry;

  // All guarded by the registry's mutex.
  const Registry& registry_;
  const std::thread::id thread_ = std::this_thread::get_id();
  ReportSource* current_ = nullptr;  // being called; null if its own call removed it
  ReportSource* next_ = nullptr;
  std::uint64_t last_id_ = 0;  // sources added later are skipped, so that a pass ends
  Walk* others_ = nullptr;
};

Registry& Registry::instance() {
  static Registry* const registry = [] {
    auto* const made = new Registry;  // never deleted: timers use it until the process ends
    std::atexit([] { Registry::instance().report_all(); });
    at_quick_exit([] {
      Registry::instance().report_all();
      std::fflush(stdout);  // nothing else flushes it at quick_exit
    });
    at_fork([] { instance().before_fork(); }, [] { instance().after_fork(false); },
            [] { instance().after_fork(true); });
    return made;
  }();
  return *registry;
}

void Registry::before_fork() noexcept { mutex_.lock(); }

void Registry::after_fork(bool in_child) noexcept {
  if (in_child) {
    // Passes of threads that don't exist in the child will never end, so nothing may wait for them.
    const auto self = std::this_thread::get_id();
    for (Walk** link = &walks_; *link != nullptr;) {
      if ((*link)->thread_ == self)
        link = &(*link)->others_;
      else
        *link = (*link)->others_;
    }
    std::construct_at(&walk_moved_);
  }
  mutex_.unlock();
}

void Registry::add(ReportSource& source) noexcept {
  const std::lock_guard lock{mutex_};
  source.id_ = ++last_id_;
  source.previous_ = last_;
  source.next_ = nullptr;
  (last_ != nullptr ? last_->next_ : first_) = &source;
  last_ = &source;
}

void Registry::remove(ReportSource& source) noexcept {
  std::unique_lock lock{mutex_};
  if (source.id_ == 0) return;
  unlink(source);  // before the wait, so that no new call begins
  walk_moved_.wait(lock, [&] { return !called_elsewhere(source); });
  for (Walk* walk = walks_; walk != nullptr; walk = walk->others_) {
    if (walk->current_ == &source) walk->current_ = nullptr;
  }
}

void Registry::unlink(ReportSource& source) noexcept {
  for (Walk* walk = walks_; walk != nullptr; walk = walk->others_) {
    if (walk->next_ == &source) walk->next_ = source.next_;
  }
  (source.previous_ != nullptr ? source.previous_->next_ : first_) = source.next_;
  (source.next_ != nullptr ? source.next_->previous_ : last_) = source.previous_;
  source.id_ = 0;
}

bool Registry::called_elsewhere(const ReportSource& source) const noexcept {
  const auto self = std::this_thread::get_id();
  for (const Walk* walk = walks_; walk != nullptr; walk = walk->others_) {
    if (walk->current_ == &source && walk->thread_ != self) return true;
  }
  return false;
}

template <class Take>
auto Registry::taken(Take take) const {
  std::vector<decltype(take(std::declval<const ReportSource&>()))> all;
  Walk walk{*this};
  while (const ReportSource* source = walk.next()) all.push_back(take(*source));
  return all;
}

void ReportSource::tell_ages(TimerSnapshot& snapshot, OldestRuns& oldest) const {
  const RunSight* const sight = run_sight();
  if (!sight || snapshot.open == 0) return;
  if (snapshot.waiting != 0)
    if (const auto waited = oldest_waiting(sight->wall_now))
      snapshot.oldest_waiting = std::chrono::nanoseconds(*waited);
  // Functions that execute are open, too, and nobody knows their age.
  if (snapshot.kind == TimerKind::executor) return;
  if (const auto opened = oldest.opened(serial()))
    snapshot.oldest_open =
        std::chrono::nanoseconds(std::max<Ticks>(sight->wall_now() - *opened, 0));
}

namespace {

TimerSnapshot snapshot_of(const ReportSource& source, OldestRuns& oldest) {
  TimerSnapshot snapshot = source.snapshot_without_ages();
  source.tell_ages(snapshot, oldest);
  return snapshot;
}

}  // namespace

std::vector<TimerSnapshot> Registry::snapshot_all() const {
  OldestRuns oldest;
  return taken([&](const ReportSource& source) { return snapshot_of(source, oldest); });
}

std::vector<TimerSnapshot> Registry::snapshot_all_with_overhead() const {
  OldestRuns oldest;
  return taken([&](const ReportSource& source) {
    TimerSnapshot snapshot = snapshot_of(source, oldest);
    if (snapshot.runs != 0) snapshot.overhead = source.overhead();
    return snapshot;
  });
}

std::vector<IdentifiedSnapshot> Registry::identified_snapshots() const {
  OldestRuns oldest;
  return taken([&](const ReportSource& source) {
    return IdentifiedSnapshot{source.serial(), snapshot_of(source, oldest)};
  });
}

std::vector<SightedTimer> Registry::sighted_timers() const {
  auto timers = taken([](const ReportSource& source) {
    const RunSight* const sight = source.run_sight();
    return SightedTimer{source.serial(), sight ? source.shown_name() : std::string(), sight};
  });
  std::erase_if(timers, [](const SightedTimer& timer) { return !timer.sight; });
  return timers;
}

std::vector<TimerSnapshot> Registry::snapshots_since(Marks& marks) const {
  const Recorded none;
  Marks now;
  OldestRuns oldest;
  auto snapshots = taken([&](const ReportSource& source) {
    const std::uint64_t serial = source.serial();
    const auto earlier = marks.find(serial);
    TimerSnapshot snapshot =
        source.snapshot_since(earlier != marks.end() ? earlier->second : none, now[serial]);
    source.tell_ages(snapshot, oldest);
    return snapshot;
  });
  marks = std::move(now);
  return snapshots;
}

void Registry::stalled(std::span<const std::uint64_t> serials, std::chrono::nanoseconds lasted,
                       bool is_new) noexcept {
  Walk walk{*this};
  while (ReportSource* source = walk.next())
    if (std::ranges::find(serials, timer_of(source->serial()), timer_of) != serials.end())
      source->stalled(lasted, is_new);
}

std::optional<std::uint64_t> Registry::waiting_now(std::uint64_t serial) const noexcept {
  Walk walk{*this};
  while (const ReportSource* source = walk.next())
    if (timer_of(source->serial()) == timer_of(serial)) return source->waiting_now();
  return {};
}

void Registry::report_all() noexcept {
  Walk walk{*this};
  while (ReportSource* source = walk.next()) source->report_once();
}

}  // namespace perf_timer::inline v0_1::detail
