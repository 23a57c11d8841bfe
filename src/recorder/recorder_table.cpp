//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "recorder_table.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>

#include "labels_depot.hpp"

#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {

RecorderTable& RecorderTable::instance() {
  static RecorderTable* const table = [] {
    make_labels_depot();
    at_fork([] { instance().before_fork(); }, [] { instance().after_fork(false); },
            [] { instance().after_fork(true); });
    return new RecorderTable;
  }();
  return *table;
}

void RecorderTable::before_fork() noexcept {
  mutex_.lock();
  // Locks without waiting, because an observer may use other timers while it holds its own timer's
  // lock.
  const auto lock_all = [&] {
    for (auto place = places_.begin(); place != places_.end(); ++place) {
      if (!*place || (*place)->try_lock_all()) continue;
      while (place != places_.begin())
        if (*--place) (*place)->unlock_all();
      return false;
    }
    return true;
  };
  while (!lock_all()) std::this_thread::yield();
}

void RecorderTable::after_fork(bool in_child) noexcept {
  for (Recorder* const recorder : places_) {
    if (!recorder) continue;
    if (in_child) recorder->adopt_orphans();
    recorder->unlock_all();
  }
  mutex_.unlock();
}

RecorderTable::Over::~Over() {
  while (first_) delete std::exchange(first_, first_->next_over_);
}

void RecorderTable::Over::push(Recorder& recorder) noexcept {
  recorder.next_over_ = std::exchange(first_, &recorder);
}

void RecorderTable::add(Recorder& recorder) {
  Over over;
  const std::lock_guard lock(mutex_);
  sweep(over);
  if (free_.empty()) {
    // Reserves memory for everything first, so that `retire` can't fail.
    free_.reserve(places_.size() + 1);
    retired_.reserve(places_.size() + 1);
    places_.push_back(nullptr);
    free_.push_back(static_cast<std::uint32_t>(places_.size() - 1));
  }
  recorder.index_ = free_.back();
  free_.pop_back();
  recorder.serial_ = ++last_serial_;
  places_[recorder.index_] = &recorder;
}

void RecorderTable::retire(Recorder& recorder) noexcept {
  Over over;
  const std::lock_guard lock(mutex_);
  if (recorder.over())
    remove(recorder, over);
  else
    retired_.push_back(&recorder);
  sweep(over);
}

void RecorderTable::give_back(std::uint32_t index, std::uint64_t serial, Shard& shard) noexcept {
  const std::lock_guard lock(mutex_);
  Recorder* const recorder = places_[index];
  if (recorder && recorder->serial() == serial) recorder->give_back(shard);
}

void RecorderTable::remove(Recorder& recorder, Over& over) noexcept {
  places_[recorder.index_] = nullptr;
  free_.push_back(recorder.index_);
  over.push(recorder);
}

void RecorderTable::sweep(Over& over) noexcept {
  // Looks at recorders in turn, and stops early: thousands may have handlers pending, and stay.
  constexpr int most_in_vain = 8;
  int in_vain = 0;
  for (auto looks = retired_.size(); looks != 0 && in_vain != most_in_vain; --looks) {
    if (next_look_ >= retired_.size()) next_look_ = 0;
    Recorder*& recorder = retired_[next_look_];
    if (recorder->over()) {
      remove(*recorder, over);
      recorder = retired_.back();
      retired_.pop_back();
    } else {
      ++next_look_;
      ++in_vain;
    }
  }
}

}  // namespace perf_timer::inline v0_1::detail
