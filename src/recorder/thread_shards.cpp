//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thread_shards.hpp"

#include "recorder_table.hpp"

#include <perf_timer/detail/platform/thread_end.hpp>

#include <algorithm>

namespace perf_timer::inline v0_1::detail {

PERF_TIMER_INITIAL_EXEC constinit thread_local ThreadShards ThreadShards::this_thread_;

void ThreadShards::give_all_back(void*) noexcept {
  ThreadShards& mine = this_thread_;
  mine.closed_ = true;
  for (std::uint32_t i = 0; i < mine.size_; ++i)
    if (mine.entries_[i].shard)
      RecorderTable::instance().give_back(i, mine.entries_[i].serial, *mine.entries_[i].shard);
  mine.size_ = 0;
  delete[] std::exchange(mine.entries_, nullptr);
}

void ThreadShards::grow(std::uint32_t size) {
  auto* const larger = new Entry[size];
  std::copy_n(entries_, size_, larger);
  delete[] std::exchange(entries_, larger);
  size_ = size;
}

Shard* ThreadShards::adopt(Recorder& recorder) noexcept {
  ThreadShards& mine = this_thread_;
  if (mine.closed_ || !at_thread_end<give_all_back>(nullptr)) return nullptr;
  const std::uint32_t index = recorder.index_;
  try {
    if (index >= mine.size_) mine.grow(std::max(index + 1, mine.size_ * 2));
    // Without a shard for now, so that what the observer's `make_state` itself records goes to the
    // spare one.
    mine.entries_[index] = {recorder.serial_, nullptr};
    Shard& shard = recorder.adopt_shard();
    mine.entries_[index].shard = &shard;
    return &shard;
  } catch (...) {
    if (index < mine.size_) mine.entries_[index] = {};
    return nullptr;
  }
}

}  // namespace perf_timer::inline v0_1::detail
