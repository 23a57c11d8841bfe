//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "awaited_counts.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/recorder/idle_in.hpp>

#include "operation.hpp"
#include "operation_table.hpp"

#include <algorithm>
#include <exception>
#include <memory>

namespace perf_timer::inline v0_1::detail {

namespace {

constexpr IdleIn idle_in_operations{
    [](std::uint64_t serial) { return AwaitedByAll::instance().of_timer(serial); },
    [](std::uint64_t serial) noexcept { AwaitedByAll::instance().forget(serial); }};

}  // namespace

/// A thread's, until it ends.
struct AwaitedByThread {
  AwaitedByThread() : counts(AwaitedByAll::instance().take()) {}
  AwaitedByThread(const AwaitedByThread&) = delete;
  AwaitedByThread& operator=(const AwaitedByThread&) = delete;
  ~AwaitedByThread() {
    AwaitedByAll::instance().give_back(*counts);
    of_this_thread = nullptr;
    has_ended = true;
  }

  AwaitedCounts* counts;
  static constinit thread_local AwaitedCounts* of_this_thread;
  static constinit thread_local bool has_ended;  // and what it had may be another thread's
};
constinit thread_local AwaitedCounts* AwaitedByThread::of_this_thread = nullptr;
constinit thread_local bool AwaitedByThread::has_ended = false;

void AwaitedCounts::add(ListedRun timer, std::uint16_t operation, Ticks waited) noexcept {
  const std::uint64_t key = std::uint64_t{timer} << AwaitedCount::operation_bits | operation;
  const std::uint64_t hash = key * 0x9e3779b97f4a7c15u >> 40;
  for (std::size_t i = 0; i < most_probes; ++i) {
    AwaitedCount& count = counts_[(hash + i) % capacity];
    const std::uint64_t there = count.key.load(std::memory_order_relaxed);
    if (there != key && there != 0) continue;
    // Relaxed: only this thread writes. A reader may have one of the two a run ahead of the other.
    count.count.store(count.count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    count.waited.store(count.waited.load(std::memory_order_relaxed) + waited,
                       std::memory_order_relaxed);
    if (there == 0) count.key.store(key, std::memory_order_release);
    return;
  }
}

AwaitedByAll& AwaitedByAll::instance() {
  static AwaitedByAll& all = []() -> AwaitedByAll& {
    auto* const made = new AwaitedByAll;
    at_fork([] { instance().mutex_.lock(); }, [] { instance().mutex_.unlock(); },
            [] { instance().mutex_.unlock(); });
    idle_in.store(&idle_in_operations, std::memory_order_release);
    return *made;
  }();
  return all;
}

AwaitedCounts* AwaitedByAll::take() {
  const std::lock_guard lock(mutex_);
  AwaitedCounts* taken = nullptr;
  if (!idle_.empty()) {
    taken = idle_.back();
    idle_.pop_back();
  } else {
    all_.reserve(all_.size() + 1);
    idle_.reserve(all_.size() + 1);  // so that giving back doesn't throw
    taken = all_.emplace_back(new AwaitedCounts);
  }
  return taken;
}

void AwaitedByAll::give_back(AwaitedCounts& counts) noexcept {
  const std::lock_guard lock(mutex_);
  idle_.push_back(&counts);
}

void AwaitedByAll::add(const Span& run, std::uint16_t operation, Ticks waited) noexcept {
  AwaitedCounts*& mine = AwaitedByThread::of_this_thread;
  if (!mine) {
    if (AwaitedByThread::has_ended) return;
    try {
      static thread_local const AwaitedByThread this_thread;
      mine = this_thread.counts;
    } catch (const std::exception&) {
      return;
    }
  }
  ListedRun last = not_listed;
  for (const Span* s = &run; s; s = s->parent) {
    const ListedRun timer = timer_of(s->listed.load(std::memory_order_acquire));
    if (timer != not_listed && timer != last) mine->add(timer, operation, waited);
    last = timer;
  }
}

AwaitedByAll::Sums AwaitedByAll::sums(ListedRun timer) const {
  Sums sums;
  for (const AwaitedCounts* const counts : all_)
    for (const AwaitedCount& count : counts->all()) {
      const std::uint64_t key = count.key.load(std::memory_order_acquire);
      if (key >> AwaitedCount::operation_bits != timer) continue;
      Sum& sum = sums[static_cast<std::uint16_t>(key)];
      sum.count += count.count.load(std::memory_order_relaxed);
      sum.waited += count.waited.load(std::memory_order_relaxed);
    }
  return sums;
}

std::vector<AwaitedOperation> AwaitedByAll::of_timer(std::uint64_t serial) const {
  Sums sums;
  {
    const std::lock_guard lock(mutex_);
    sums = this->sums(timer_of(serial));
    if (const auto before = forgotten_.find(timer_of(serial)); before != forgotten_.end())
      for (const auto& [operation, sum] : before->second) {
        sums[operation].count -= sum.count;
        sums[operation].waited -= sum.waited;
      }
  }
  std::vector<AwaitedOperation> awaited;
  for (const auto& [number, sum] : sums) {
    if (sum.count == 0) continue;
    const OperationName name = OperationTable::instance().name_of(number);
    awaited.push_back({.object = name.object,
                       .operation = name.name,
                       .part_of = name.part_of,
                       .file = name.file,
                       .line = name.line,
                       .function = name.function,
                       .count = sum.count,
                       .waited = std::chrono::nanoseconds(sum.waited)});
  }
  sort_stably(awaited, [](const AwaitedOperation& a, const AwaitedOperation& b) {
    return a.waited > b.waited;
  });
  return awaited;
}

void AwaitedByAll::forget(std::uint64_t serial) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    forgotten_[timer_of(serial)] = sums(timer_of(serial));
  } catch (const std::exception&) {
    return;  // without memory, it isn't forgotten
  }
}

}  // namespace perf_timer::inline v0_1::detail
