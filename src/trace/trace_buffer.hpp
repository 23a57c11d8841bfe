//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/thread_name.hpp>
#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/detail/trace/timeline.hpp>
#include <perf_timer/trace.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Events of one thread, one after the other. The thread that has the chunk writes, and is the only
/// one; what is below `size` doesn't change until the chunk is taken again.
struct Chunk {
  static constexpr std::size_t bytes = 16 << 10;
  static constexpr std::uint32_t capacity = (bytes - 64) / sizeof(Event);

  std::atomic<std::uint32_t> size{0};
  // Guarded by the buffer's mutex.
  bool taken = false;
  std::uint32_t trace = 0;   // which one
  std::uint64_t serial = 0;  // ascending as chunks are taken
  std::uint32_t place = 0;   // among the thread's; a gap where events are missing in between
  TraceThread thread = 0;
  ThreadName name{};
  Chunk* next = nullptr;  // in a queue

  std::array<Event, capacity> events;
};
static_assert(sizeof(Chunk) <= Chunk::bytes);

/// First in, first out.
class ChunkQueue {
 public:
  void push(Chunk& chunk) noexcept {
    chunk.next = nullptr;
    (first_ ? last_->next : first_) = &chunk;
    last_ = &chunk;
  }
  [[nodiscard]] Chunk* pop() noexcept {
    Chunk* const chunk = first_;
    if (chunk) first_ = chunk->next;
    return chunk;
  }

 private:
  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
};

struct ChunkCopy {
  TraceThread thread = 0;
  std::uint32_t place = 0;
  std::string name;
  std::vector<Event> events;
};

/// The memory of a trace, in chunks that go from thread to thread: each has one that it fills, and
/// the one that was filled first is the next to be taken. So the bound is one for all threads, and
/// what is remembered is about as long ago for a busy one as for one that does little.
///
/// Thread safety: all members.
class TraceBuffer {
 public:
  /// Never destroyed.
  static TraceBuffer& instance();

  void start(std::size_t memory, const Timeline& timeline);
  void stop() noexcept;
  void clear() noexcept;
  [[nodiscard]] RecordedTrace copy();

  [[nodiscard]] bool records(const void* timeline) const noexcept {
    return tracing() && timeline_id_.load(std::memory_order_relaxed) == timeline;
  }
  /// Which trace it is; chunks of those before are of no use.
  [[nodiscard]] std::uint32_t trace() const noexcept {
    return trace_.load(std::memory_order_acquire);
  }

  /// For a thread that has none, or `before`, which is given back. Null if there is none: all are
  /// other threads', or it would have to wait.
  [[nodiscard]] Chunk* exchange(Chunk* before, TraceThread thread, std::uint32_t place) noexcept;
  void give_back(Chunk& chunk) noexcept;
  /// So many events are not to be found, the last of which is this.
  void drop(const Event& last, std::uint32_t events = 1) noexcept;

 private:
  TraceBuffer() = default;

  /// What was recorded. Threads find out by themselves that their chunks are of no use any more.
  void forget() noexcept;
  /// All that no thread has, down to so many in all.
  void free_all_beyond(std::size_t wanted) noexcept;
  void put_back(Chunk& chunk) noexcept;
  [[nodiscard]] Chunk* take() noexcept;
  void after_fork_in_child() noexcept;
  [[nodiscard]] ChunkCopy copy_of(const Chunk& chunk, std::uint64_t serial);

  std::atomic<const void*> timeline_id_{nullptr};
  std::atomic<std::uint32_t> trace_{0};
  std::atomic<std::uint64_t> dropped_{0};
  std::atomic<Ticks> complete_since_{0};

  std::mutex control_;  // the next members; who starts, stops, clears or copies; before `mutex_`
  Timeline timeline_;
  Ticks started_ = 0;
  Ticks ended_ = 0;

  std::mutex mutex_;  // the next members, and those of chunks; held for a few instructions
  std::vector<std::unique_ptr<Chunk>> all_;  // changed only under both
  ChunkQueue free_;
  ChunkQueue full_;
  std::uint64_t last_serial_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
