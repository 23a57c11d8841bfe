//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// The calling thread's shards, indexed by the recorder's place in the table.
class ThreadShards {
 public:
  /// Returns this thread's shard; makes one if it has none so far. Null if it can't have one: there
  /// is no memory, or its thread_locals have been destroyed.
  [[nodiscard]] static Shard* find(Recorder& recorder) noexcept {
    if (const Entry* const entry = entry_of(recorder)) [[likely]]
      return entry->shard;
    return adopt(recorder);
  }

  /// The same, but null if it has none so far.
  [[nodiscard]] static Shard* of_this_thread(const Recorder& recorder) noexcept {
    const Entry* const entry = entry_of(recorder);
    return entry ? entry->shard : nullptr;
  }

 private:
  struct Entry {
    std::uint64_t serial = 0;  // places are reused, serials aren't
    Shard* shard = nullptr;
  };
  static void give_all_back(void*) noexcept;

  /// An entry has no shard while the recorder makes it.
  [[nodiscard]] static const Entry* entry_of(const Recorder& recorder) noexcept {
    const ThreadShards& mine = this_thread_;
    return recorder.index_ < mine.size_ && mine.entries_[recorder.index_].serial == recorder.serial_
               ? &mine.entries_[recorder.index_]
               : nullptr;
  }
  static Shard* adopt(Recorder& recorder) noexcept;
  void grow(std::uint32_t size);

  // Trivially destructible, so that it can be read to the very end of the thread.
  Entry* entries_ = nullptr;
  std::uint32_t size_ = 0;
  bool closed_ = false;

  PERF_TIMER_INITIAL_EXEC static constinit thread_local ThreadShards this_thread_;
};

}  // namespace perf_timer::inline v0_1::detail
