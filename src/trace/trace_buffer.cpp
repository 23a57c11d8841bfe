//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_buffer.hpp"

#include "thread_trace.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/trace/slow_events.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>
#include <perf_timer/trace.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {
namespace {

/// Puts the chunks of each thread together, in the order in which they were taken.
class ThreadsCopied {
 public:
  explicit ThreadsCopied(RecordedTrace& trace) : trace_(trace) {}

  void add(ChunkCopy chunk) {
    if (chunk.events.empty()) return;
    const auto [known, is_new] = known_.try_emplace(chunk.thread);
    auto& [index, place] = known->second;
    if (is_new) {
      index = trace_.threads.size();
      trace_.threads.push_back({chunk.thread, {}, {}});
    } else if (chunk.place != place + 1) {  // what came before the gap may lack its end
      trace_.dropped += trace_.threads[index].events.size();
      trace_.threads[index].events.clear();
    }
    place = chunk.place;
    TracedThread& thread = trace_.threads[index];
    thread.name = std::move(chunk.name);
    thread.events.insert(thread.events.end(), chunk.events.begin(), chunk.events.end());
  }

 private:
  struct Known {
    std::size_t index = 0;  // among the trace's threads
    std::uint32_t place = 0;
  };

  RecordedTrace& trace_;
  std::map<TraceThread, Known> known_;
};

}  // namespace

// Relaxed everywhere: whoever is told that a trace has begun sees it, and what else must be seen
// goes with `timeline_id_` and `trace_`, or is read under the lock.
constinit std::atomic<bool> trace_switch{false};
constinit char steady_timeline_id = 0;

TraceBuffer& TraceBuffer::instance() {
  static TraceBuffer* const buffer = [] {
    auto* const made = new TraceBuffer;
    at_fork(
        [] {
          instance().control_.lock();
          instance().mutex_.lock();
        },
        [] {
          instance().mutex_.unlock();
          instance().control_.unlock();
        },
        [] {
          instance().after_fork_in_child();
          instance().mutex_.unlock();
          instance().control_.unlock();
        });
    return made;
  }();
  return *buffer;
}

std::uint32_t TraceBuffer::start(std::size_t memory, const Timeline& timeline, TraceOwner owner) {
  constexpr std::size_t least = 4;
  if (memory < least * Chunk::bytes)
    throw std::invalid_argument("start_trace: " + std::to_string(memory) +
                                " bytes are too few for a trace; give 65536 or more");
  const std::size_t for_names = memory / 16;
  const std::size_t wanted = std::max((memory - for_names) / sizeof(Chunk), least);

  const std::lock_guard control(control_);
  if (owner_ == TraceOwner::recorder)
    throw std::logic_error(
        "a FlightRecorder records: write_trace() writes what it has; end it to start a trace");
  if (owner == TraceOwner::recorder && tracing())
    throw std::logic_error("FlightRecorder: a trace goes on; call stop_trace() first");
  std::vector<std::unique_ptr<Chunk>> more;  // all that can fail comes first
  more.reserve(wanted);
  while (all_.size() + more.size() < wanted) more.push_back(std::make_unique<Chunk>());
  all_.reserve(wanted);

  forget();
  TimerName::keep(for_names);
  const std::lock_guard lock(mutex_);
  std::move(more.begin(), more.end(), std::back_inserter(all_));
  free_all_beyond(wanted);
  timeline_ = timeline;
  owner_ = owner;
  started_ = ended_ = overwritten_until_ = timeline.now();
  Missing& none = missing(number());
  none.events.store(0, std::memory_order_relaxed);
  none.complete_since.store(started_, std::memory_order_relaxed);
  // Whoever sees the timeline counts on from that zero.
  timeline_id_.store(timeline.id, std::memory_order_release);
  trace_switch.store(true, std::memory_order_relaxed);
  return number();
}

void TraceBuffer::stop() noexcept {
  const std::lock_guard control(control_);
  if (owner_ != TraceOwner::program) return;
  const std::lock_guard lock(mutex_);
  if (trace_switch.exchange(false, std::memory_order_relaxed)) ended_ = timeline_.now();
}

void TraceBuffer::clear(TraceOwner owner) noexcept {
  const std::lock_guard control(control_);
  if (owner_ != owner) return;
  owner_ = TraceOwner::program;
  forget();
  TimerName::keep(0);
  const std::lock_guard lock(mutex_);
  timeline_ = {};
  free_all_beyond(0);
}

void TraceBuffer::forget() noexcept {
  const std::lock_guard lock(mutex_);
  next_trace();
  full_ = {};
}

void TraceBuffer::next_trace() noexcept {
  trace_switch.store(false, std::memory_order_relaxed);
  timeline_id_.store(nullptr, std::memory_order_relaxed);
  trace_.fetch_add(1, std::memory_order_release);
}

void TraceBuffer::free_all_beyond(std::size_t wanted) noexcept {
  std::size_t size = all_.size();
  std::erase_if(all_, [&](const auto& chunk) { return !chunk->taken && size > wanted && size--; });
  free_ = {};
  for (const auto& chunk : all_)
    if (!chunk->taken) free_.push(*chunk);
}

void TraceBuffer::put_back(Chunk& chunk) noexcept {
  chunk.taken = false;
  (chunk.trace == number() ? full_ : free_).push(chunk);
}

void TraceBuffer::give_back(Chunk& chunk) noexcept {
  const std::lock_guard lock(mutex_);
  put_back(chunk);
}

Chunk* TraceBuffer::take() noexcept {
  if (Chunk* const chunk = free_.pop()) return chunk;
  Chunk* const oldest = full_.pop();
  if (!oldest) return nullptr;
  if (const std::uint32_t size = oldest->size.load(std::memory_order_relaxed))
    overwritten_until_ =
        std::max(overwritten_until_, drop(number(), oldest->events[size - 1], size));
  return oldest;
}

Ticks TraceBuffer::drop(std::uint32_t trace, const Event& last, std::uint32_t events) noexcept {
  // Relaxed: each says all by itself. A copy may lack what a thread is about to count.
  auto& [missing_events, complete_since] = missing(trace);
  missing_events.fetch_add(events, std::memory_order_relaxed);
  const auto* const run = std::get_if<RunEnded>(&last.what);
  const Ticks at = last.time + (run ? run->elapsed : 0);
  Ticks since = complete_since.load(std::memory_order_relaxed);
  while (since < at && !complete_since.compare_exchange_weak(since, at, std::memory_order_relaxed))
    continue;
  return at;
}

Chunk* TraceBuffer::exchange(Chunk* before, std::uint32_t trace, TraceThread thread,
                             std::uint32_t place) noexcept {
  const ThreadName name = this_thread_name();
  // Loses a few events rather than let the thread wait: a fork holds the lock for long.
  std::unique_lock lock(mutex_, std::try_to_lock);
  for (int i = 0; !lock && i < 100; ++i) {
    std::this_thread::yield();
    static_cast<void>(lock.try_lock());
  }
  if (!lock || trace != number()) return nullptr;
  if (before) put_back(*before);
  Chunk* const chunk = take();
  if (!chunk) return nullptr;
  chunk->size.store(0, std::memory_order_relaxed);
  chunk->taken = true;
  chunk->trace = trace;
  chunk->serial = ++last_serial_;
  chunk->place = place;
  chunk->thread = thread;
  chunk->name = name;
  return chunk;
}

/// The trace is the parent's, and so are all threads but this one.
void TraceBuffer::after_fork_in_child() noexcept {
  next_trace();
  timeline_ = {};
  owner_ = TraceOwner::program;
  slow_events.after_fork_in_child();
  full_ = {};
  for (const auto& chunk : all_) chunk->taken = ThreadTrace::has(*chunk);
  free_all_beyond(all_.size());
}

RecordedTrace TraceBuffer::copy() {
  RecordedTrace copied;
  const std::lock_guard control(control_);  // so no chunk is destroyed
  if (!timeline_.now) return copied;
  std::vector<std::pair<std::uint64_t, const Chunk*>> chunks;
  chunks.reserve(all_.size());
  {
    const std::lock_guard lock(mutex_);
    for (const auto& chunk : all_)
      if (chunk->trace == number()) chunks.emplace_back(chunk->serial, chunk.get());
    copied.overwritten_until = overwritten_until_;
  }
  std::sort(chunks.begin(), chunks.end());
  ThreadsCopied threads(copied);
  for (const auto& [serial, chunk] : chunks) threads.add(copy_of(*chunk, serial));
  // Read afterwards, so that they hold for what was copied.
  copied.started = started_;
  copied.ended = tracing() ? timeline_.now() : ended_;
  const auto& [missing_events, complete_since] = missing(number());
  copied.complete_since = complete_since.load(std::memory_order_relaxed);
  copied.dropped += missing_events.load(std::memory_order_relaxed);
  const auto names = TimerName::all();
  copied.timers = {names.begin(), names.end()};
  return copied;
}

/// Copies a chunk, which another thread may take as soon as the lock is free.
ChunkCopy TraceBuffer::copy_of(const Chunk& chunk, std::uint64_t serial) {
  ChunkCopy copy;
  copy.events.resize(Chunk::capacity);
  const std::lock_guard lock(mutex_);
  const std::uint32_t size =
      chunk.serial == serial ? chunk.size.load(std::memory_order_acquire) : 0;
  std::copy_n(chunk.events.begin(), size, copy.events.begin());
  copy.events.resize(size);
  copy.thread = chunk.thread;
  copy.place = chunk.place;
  copy.name = chunk.name.data();
  return copy;
}

void start_trace(std::size_t memory, const Timeline& timeline) {
  TraceBuffer::instance().start(memory, timeline, TraceOwner::program);
}

RecordedTrace recorded_trace() { return TraceBuffer::instance().copy(); }

}  // namespace detail

void stop_trace() noexcept { detail::TraceBuffer::instance().stop(); }

void clear_trace() noexcept { detail::TraceBuffer::instance().clear(detail::TraceOwner::program); }

}  // namespace perf_timer::inline v0_1
