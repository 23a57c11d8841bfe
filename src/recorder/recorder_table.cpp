//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "recorder_table.hpp"

#include <algorithm>
#include <utility>

namespace perf_timer::detail {

RecorderTable& RecorderTable::instance() {
  static RecorderTable* const table = new RecorderTable;
  return *table;
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
    // Room for everything first, so that `retire` can't fail.
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
  retired_.push_back(&recorder);
  sweep(over);
}

void RecorderTable::give_back(std::uint32_t index, std::uint64_t serial, Shard& shard) noexcept {
  const std::lock_guard lock(mutex_);
  Recorder* const recorder = places_[index];
  if (recorder && recorder->serial() == serial) recorder->give_back(shard);
}

void RecorderTable::sweep(Over& over) noexcept {
  std::erase_if(retired_, [&](Recorder* recorder) {
    if (!recorder->over()) return false;
    places_[recorder->index_] = nullptr;
    free_.push_back(recorder->index_);
    over.push(*recorder);
    return true;
  });
}

}  // namespace perf_timer::detail
