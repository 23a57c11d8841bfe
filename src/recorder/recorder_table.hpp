//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// All recorders of the program. A thread that ends finds out here which recorders of its shards
/// still live. Never destroyed, because threads may end after static destruction.
class RecorderTable {
 public:
  [[nodiscard]] static RecorderTable& instance();

  void add(Recorder& recorder);
  void retire(Recorder& recorder) noexcept;
  void give_back(std::uint32_t index, std::uint64_t serial, Shard& shard) noexcept;

 private:
  /// Recorders to be freed. They are freed without the lock, because an observer may own a timer.
  class Over {
   public:
    Over() = default;
    Over(const Over&) = delete;
    Over& operator=(const Over&) = delete;
    ~Over();

    void push(Recorder& recorder) noexcept;

   private:
    Recorder* first_ = nullptr;
  };

  RecorderTable() = default;

  // Called around a fork, so that no other thread holds a lock, or is in the midst of a change
  // under one. The child has only the forking thread.
  void before_fork() noexcept;
  void after_fork(bool in_child) noexcept;

  void remove(Recorder& recorder, Over& over) noexcept;
  void sweep(Over& over) noexcept;

  std::mutex mutex_;  // locked before a recorder's
  std::vector<Recorder*> places_;
  std::vector<std::uint32_t> free_;  // capacity for all of places_
  std::vector<Recorder*> retired_;   // likewise
  std::size_t next_look_ = 0;        // index of the one that `sweep` looks at first
  std::uint64_t last_serial_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
