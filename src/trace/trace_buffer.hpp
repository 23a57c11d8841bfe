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
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Events of one thread, one after the other. Only the thread that has the chunk writes to it.
/// Events below `size` don't change until the chunk is taken again.
struct Chunk {
  static constexpr std::size_t bytes = 16 << 10;
  static constexpr std::uint32_t capacity = (bytes - 64) / sizeof(Event);

  std::atomic<std::uint32_t> size{0};
  // Guarded by the buffer's mutex.
  bool taken = false;
  std::uint32_t trace = 0;   // the trace it is of
  std::uint64_t serial = 0;  // ascends as chunks are taken
  std::uint32_t place = 0;   // number among the thread's; a gap where events are missing in between
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

/// Who may start, stop and clear the trace.
enum class TraceOwner : unsigned char { program, recorder };

/// The memory of a trace, in chunks that go from thread to thread. Each thread fills one, and then
/// takes the one that was filled first. So one bound holds for all threads, and the trace reaches
/// about as far back for a busy thread as for one that does little.
///
/// Thread safety: all members.
class TraceBuffer {
 public:
  /// Never destroyed.
  static TraceBuffer& instance();

  /// Returns the trace's number. Throws `std::logic_error` if somebody else's trace goes on.
  std::uint32_t start(std::size_t memory, const Timeline& timeline, TraceOwner owner);
  /// Do nothing if it is somebody else's.
  void stop() noexcept;
  void clear(TraceOwner owner) noexcept;
  [[nodiscard]] RecordedTrace copy();

  /// Returns the number of the trace if events on this timeline are recorded now. Another trace may
  /// begin before the event is recorded. So the event takes the number along, and only a chunk of
  /// that trace takes the event.
  [[nodiscard]] std::optional<std::uint32_t> recording(const void* timeline) const noexcept {
    if (!tracing()) return {};
    // The number comes first. `forget` takes the timeline away before it changes the number, so a
    // number never goes with the timeline of an earlier trace. With that of a later one it may:
    // then there is no chunk of that number any more.
    const std::uint32_t trace = trace_.load(std::memory_order_acquire);
    if (timeline_id_.load(std::memory_order_acquire) != timeline) return {};
    return trace;
  }

  /// Returns a chunk of this trace for the calling thread, and gives `before` back unless it is
  /// null. Returns null if the trace isn't that one any more, if other threads have all chunks, or
  /// if it would have to wait.
  [[nodiscard]] Chunk* exchange(Chunk* before, std::uint32_t trace, TraceThread thread,
                                std::uint32_t place) noexcept;
  void give_back(Chunk& chunk) noexcept;
  /// Says that `events` events of a trace are missing, of which `last` is the last. Returns when
  /// that was.
  Ticks drop(std::uint32_t trace, const Event& last, std::uint32_t events = 1) noexcept;

 private:
  TraceBuffer() = default;

  /// Forgets what was recorded. Threads find out by themselves that their chunks are of no use any
  /// more.
  void forget() noexcept;
  /// Frees chunks that no thread has, until `wanted` are left. Those that remain are free for
  /// taking.
  void free_all_beyond(std::size_t wanted) noexcept;
  void put_back(Chunk& chunk) noexcept;
  [[nodiscard]] Chunk* take() noexcept;
  void after_fork_in_child() noexcept;
  /// Returns the trace's number to whoever has one of the locks.
  [[nodiscard]] std::uint32_t number() const noexcept {
    return trace_.load(std::memory_order_relaxed);
  }
  /// Begins another trace, of which nothing is recorded yet.
  void next_trace() noexcept;
  [[nodiscard]] ChunkCopy copy_of(const Chunk& chunk, std::uint64_t serial);

  /// What a trace lacks. Threads count without a lock. One may be late, and count for a trace that
  /// is over, so a few traces have a place each.
  struct Missing {
    std::atomic<std::uint64_t> events{0};
    std::atomic<Ticks> complete_since{0};
  };
  [[nodiscard]] Missing& missing(std::uint32_t trace) noexcept {
    return missing_[trace % missing_.size()];
  }

  std::atomic<const void*> timeline_id_{nullptr};  // null until a trace has begun
  std::atomic<std::uint32_t> trace_{0};  // its number, changed only under `mutex_`; chunks of
                                         // earlier traces are of no use
  std::array<Missing, 4> missing_;

  // Guards the next members. Held to start, stop, clear or copy; locked before `mutex_`.
  std::mutex control_;
  Timeline timeline_;
  TraceOwner owner_ = TraceOwner::program;
  Ticks started_ = 0;
  Ticks ended_ = 0;

  std::mutex mutex_;  // guards the next members, and those of chunks; held for a few instructions
  std::vector<std::unique_ptr<Chunk>> all_;  // changed only under both
  ChunkQueue free_;
  ChunkQueue full_;
  std::uint64_t last_serial_ = 0;
  Ticks overwritten_until_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
