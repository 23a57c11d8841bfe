//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace perf_timer::inline v0_1::detail {

ThreadSamples& ThreadSamples::instance() {
  static ThreadSamples* const immortal = [] {
    at_fork([] { instance().mutex_.lock(); }, [] { instance().mutex_.unlock(); },
            [] {
              instance().sampler_ = nullptr;  // no watch's thread is in the child
              instance().mutex_.unlock();
            });
    return new ThreadSamples;
  }();
  return *immortal;
}

void ThreadSamples::Counts::add(const Counts& other) {
  for (const auto& [what, times] : other.executed) executed[what] += times;
  samples += other.samples;
  idle += other.idle;
}

void ThreadSamples::add(std::span<const ThreadSample> look, bool all) {
  const std::lock_guard lock(mutex_);
  know(look);
  std::unordered_set<std::uint64_t> alive;
  for (const ThreadSample& sample : look) {
    alive.insert(sample.thread);
    Counts& counts = threads_[sample.thread];
    if (sample.in_step)
      counts.executed[{name_of(sample.run), name_of(sample.executor)}] += sample.times;
    else
      counts.idle += sample.times;
    counts.samples += sample.times;
  }
  if (!all) return;
  for (auto t = threads_.begin(); t != threads_.end();) {
    if (alive.contains(t->first)) {
      ++t;
      continue;
    }
    ended_.add(t->second);
    ++ended_threads_;
    t = threads_.erase(t);
  }
}

/// Finds the names of timers that weren't seen before, while they are alive.
void ThreadSamples::know(std::span<const ThreadSample> look) {
  const auto is_new = [&](ListedRun timer) { return !known_.contains(timer); };
  if (std::ranges::none_of(look, [&](auto& s) { return is_new(s.run) || is_new(s.executor); }))
    return;
  known_ = {{not_listed, 0}};  // so that timers which are gone are forgotten
  for (auto& [timer, name] : TimerName::all())
    known_.try_emplace(timer_of(timer), place_of(std::move(name)));
  for (const ThreadSample& sample : look)
    for (const ListedRun timer : {sample.run, sample.executor})
      if (is_new(timer)) known_.emplace(timer, place_of("a timer that is gone"));
}

std::size_t ThreadSamples::name_of(ListedRun timer) const { return known_.at(timer); }

std::size_t ThreadSamples::place_of(std::string name) {
  if (const auto found = places_.find(name); found != places_.end()) return found->second;
  if (names_.size() >= most_names - 1) name = "(other timers)";
  const auto [place, is_new] = places_.try_emplace(name, names_.size());
  if (is_new) names_.push_back(std::move(name));
  return place->second;
}

void ThreadSamples::tell(const Counts& counts, ThreadSnapshot& to) const {
  to.samples = counts.samples;
  to.idle = counts.idle;
  for (const auto& [what, samples] : counts.executed)
    to.executed.push_back({names_[what.first], names_[what.second], samples});
  std::ranges::sort(to.executed, [](const ExecutedFor& a, const ExecutedFor& b) {
    return std::tie(b.samples, a.run, a.executor) < std::tie(a.samples, b.run, b.executor);
  });
}

void ThreadSamples::tell(std::uint64_t thread, ThreadSnapshot& to) {
  const std::lock_guard lock(mutex_);
  if (const auto found = threads_.find(thread); found != threads_.end()) tell(found->second, to);
}

ThreadSnapshot ThreadSamples::ended(std::span<const std::uint64_t> alive) {
  const std::lock_guard lock(mutex_);
  Counts all = ended_;
  ThreadSnapshot snapshot;
  snapshot.ended = ended_threads_;
  for (const auto& [thread, counts] : threads_) {
    if (std::ranges::find(alive, thread) != alive.end()) continue;
    all.add(counts);
    ++snapshot.ended;
  }
  tell(all, snapshot);
  return snapshot;
}

bool SamplingTurn::is_mine() noexcept {
  auto& whose = ThreadSamples::instance().sampler_;
  const void* nobody = nullptr;
  return whose == this || whose.compare_exchange_strong(nobody, this);
}

SamplingTurn::~SamplingTurn() {
  const void* mine = this;
  ThreadSamples::instance().sampler_.compare_exchange_strong(mine, nullptr);
}

}  // namespace perf_timer::inline v0_1::detail
