//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>

#include "recorder_table.hpp"
#include "thread_shards.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace perf_timer::inline v0_1::detail {

Recorder& Recorder::make(const Observer& observer, SeriesKept kept) {
  std::unique_ptr<Recorder, void (*)(Recorder*)> made(new Recorder(observer, kept),
                                                      [](Recorder* r) { delete r; });
  RecorderTable::instance().add(*made);
  return *made.release();
}

Recorder::Recorder(const Observer& observer, SeriesKept kept)
    : observer_(observer),
      kept_(kept),
      states_([&] {
        std::vector<std::unique_ptr<LockedStates>> first;
        first.push_back(std::make_unique<LockedStates>(observer_, kept));
        return first;
      }()),
      mergeable_(states_.front()->states.series.back()->mergeable()),
      failed_(observer_, kept),
      cpu_(observer_, SeriesKept::all),
      spare_(gate_, *states_.front()) {}

// Out of line, so that the usual path is short and saves no register.
template <class Action>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void Recorder::with_shard_slowly(Action action) noexcept {
  if (Shard* const shard = ThreadShards::find(*this)) return action(*shard);
  const std::lock_guard lock(spare_mutex_);
  action(spare_);
}

template <class Action>
inline void Recorder::with_shard(const Action& action) noexcept {
  if (Shard* const shard = ThreadShards::of_this_thread(*this)) [[likely]]
    return action(*shard);
  with_shard_slowly(action);
}

// Not inlined; see the header. The timer's last run may end here, so nothing follows the action.
PERF_TIMER_NOINLINE void Recorder::begin() noexcept {
  with_shard([](Shard& shard) { shard.begin(); });
}

PERF_TIMER_NOINLINE void Recorder::end(const RunTimes& times) noexcept {
  with_shard([&times](Shard& shard) { shard.end(times); });
}

PERF_TIMER_NOINLINE void Recorder::end(const RunTimes& times, const RunDetails& details) noexcept {
  with_shard([&](Shard& shard) { shard.end(times, details); });
}

PERF_TIMER_NOINLINE void Recorder::end_in_one_step(const RunTimes& times) noexcept {
  with_shard([&times](Shard& shard) { shard.end_in_one_step(times); });
}

PERF_TIMER_NOINLINE void Recorder::fail(const RunTimes& times) noexcept {
  failed_.add(times);
  with_shard([](Shard& shard) { shard.fail(); });
}

PERF_TIMER_COLD PERF_TIMER_NOINLINE void Recorder::fail_alone(RunTimes times) noexcept {
  failed_.add(times);
  only_shard().fail();
}

PERF_TIMER_NOINLINE void Recorder::cancel() noexcept {
  with_shard([](Shard& shard) { shard.cancel(); });
}

PERF_TIMER_NOINLINE void Recorder::record(const RunTimes& times) noexcept {
  RunDetails in_no_step{};
  in_no_step.more_steps = -1;
  with_shard([&](Shard& shard) {
    shard.begin();
    shard.end(times, in_no_step);
  });
}

PERF_TIMER_NOINLINE void Recorder::submit(Ticks since, WaitingRef& ref) noexcept {
  with_shard([&ref, since](Shard& shard) { shard.submit(since, ref); });
}

PERF_TIMER_NOINLINE bool Recorder::start(WaitingSlot& slot) noexcept {
  with_shard([&slot](Shard& shard) { shard.start(slot); });
  return samples_cpu();
}

PERF_TIMER_COLD PERF_TIMER_NOINLINE bool Recorder::takes_cpu_sample() noexcept {
  bool sampled = false;
  with_shard_slowly([&](Shard& shard) { sampled = shard.is_turn(cpu_every()); });
  return sampled;
}

PERF_TIMER_COLD PERF_TIMER_NOINLINE void Recorder::add_cpu(Ticks busy, Ticks cpu) noexcept {
  RunTimes times;
  times.busy = busy;
  times.elapsed = std::clamp<Ticks>(cpu, 0, busy);  // the readings take some, too
  cpu_.add(times);
}

PERF_TIMER_NOINLINE void Recorder::drop(WaitingSlot& slot) noexcept {
  with_shard([&slot](Shard& shard) { shard.drop(slot); });
}

Shard& Recorder::adopt_shard() {
  if (Shard* const idle = take_idle_shard()) return *idle;
  std::unique_ptr<LockedStates> more;
  std::unique_lock lock(mutex_);
  if (lacks_states()) {
    lock.unlock();  // see `ObserverStates`
    more = std::make_unique<LockedStates>(observer_, kept_);
    lock.lock();
    if (lacks_states()) states_.push_back(std::move(more));
  }
  idle_.reserve(shards_.size() + 1);  // so that giving back can't fail
  shards_.push_back(std::make_unique<Shard>(gate_, *states_[shards_.size() % states_.size()]));
  return *shards_.back();
}

/// Two threads have states of their own. What more threads share doesn't grow beyond three.
bool Recorder::lacks_states() const noexcept {
  constexpr std::size_t many_shards = 16;
  const std::size_t with_this_one = shards_.size() + 1;
  const std::size_t enough = with_this_one < 2 || !mergeable_ ? 1
                             : with_this_one < many_shards    ? 2
                                                              : 3;
  return states_.size() < enough;
}

Shard* Recorder::take_idle_shard() noexcept {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  Shard* const shard = idle_.back();
  idle_.pop_back();
  return shard;
}

void Recorder::give_back(Shard& shard) noexcept {
  const std::lock_guard lock(mutex_);
  idle_.push_back(&shard);
}

bool Recorder::try_lock_all() noexcept {
  if (!mutex_.try_lock()) return false;
  if (spare_mutex_.try_lock()) {
    if (failed_.try_lock()) {
      if (cpu_.try_lock()) {
        if (try_lock_states()) return true;
        cpu_.unlock();
      }
      failed_.unlock();
    }
    spare_mutex_.unlock();
  }
  mutex_.unlock();
  return false;
}

bool Recorder::try_lock_states() noexcept {
  if (!gate_.try_shut()) return false;
  for (auto states = states_.begin(); states != states_.end(); ++states) {
    if ((*states)->mutex.try_lock()) continue;
    while (states != states_.begin()) (*--states)->mutex.unlock();
    gate_.open();
    return false;
  }
  return true;
}

void Recorder::unlock_all() noexcept {
  for (const auto& states : states_) states->mutex.unlock();
  gate_.open();
  cpu_.unlock();
  failed_.unlock();
  spare_mutex_.unlock();
  mutex_.unlock();
}

void Recorder::adopt_orphans() noexcept {
  const Shard* const mine = ThreadShards::of_this_thread(*this);
  idle_.clear();  // its capacity is enough for all
  for (const auto& shard : shards_)
    if (shard.get() != mine) idle_.push_back(shard.get());
}

// Relaxed: it only tells lists to leave the timer out, and the table's lock orders the rest.
void Recorder::retire() noexcept {
  retired_.store(true, std::memory_order_relaxed);
  RecorderTable::instance().retire(*this);
}

}  // namespace perf_timer::inline v0_1::detail
