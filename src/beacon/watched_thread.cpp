//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/static_mutex.hpp>
#include <perf_timer/detail/platform/thread_end.hpp>

#include <memory>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

// Threads may begin before and end after everything else, so the list needs neither construction
// nor destruction, and its members no memory.
constinit StaticMutex mutex;
constinit WatchedThread* first_thread = nullptr;
constinit std::uint64_t last_number = 0;
constinit Ticks last_look = Sighting::unknown;

PERF_TIMER_INITIAL_EXEC constinit thread_local WatchedThread this_thread;

void add(WatchedThread& thread) noexcept {
  thread.previous = nullptr;
  thread.next = first_thread;
  if (first_thread) first_thread->previous = &thread;
  first_thread = &thread;
}

void remove(WatchedThread& thread) noexcept {
  (thread.previous ? thread.previous->next : first_thread) = thread.next;
  if (thread.next) thread.next->previous = thread.previous;
}

void end_of_thread(void*) noexcept {
  WatchedThread& mine = this_thread;
  const std::lock_guard lock(mutex);
  mine.ended = true;
  remove(mine);
}

/// The other threads, and the memory of what they had in the list, aren't there any more. Forks
/// don't lock the list: a fork may be stuck, such as in what the program does before forks, and a
/// watch tells that. So another thread may have had the list, and have been writing to it.
void go_on_in_child() noexcept {
  std::construct_at(&mutex);
  first_thread = nullptr;
  if (this_thread.beacons && !this_thread.ended) {
    for (Beacon* b = this_thread.beacons; b; b = b->next()) b->sighting() = {};
    this_thread.handle = ThreadHandle::current();
    add(this_thread);
  }
}

[[maybe_unused]] const bool forks_make_the_list_anew =
    at_fork(nullptr, nullptr, [] { go_on_in_child(); });

}  // namespace

void Beacon::enlist() noexcept {
  WatchedThread& mine = this_thread;
  // A thread that nobody would take from the list isn't put there. It has beacons if it has ended.
  if (!mine.beacons && !at_thread_end<end_of_thread>(nullptr)) return;
  const std::lock_guard lock(mutex);
  number_.store(number_.load(std::memory_order_relaxed) & (a_step - 1), std::memory_order_relaxed);
  if (!mine.beacons) {
    mine.number = ++last_number;
    mine.handle = ThreadHandle::current();
    mine.since = steady_now();
    add(mine);
  }
  next_ = std::exchange(mine.beacons, this);
}

WatchedThreads::WatchedThreads() : lock_(mutex) {}

const WatchedThread* WatchedThreads::first() noexcept { return first_thread; }

Sighting WatchedThreads::saw(const WatchedThread& thread, Beacon::Sight sight, Ticks at) noexcept {
  Sighting seen{sight, at, last_look};
  if (Beacon::in_step(sight))
    if (const auto used = thread.handle.processor_time()) seen.processor = used->count();
  return seen;
}

void WatchedThreads::looked_at(Ticks now) noexcept { last_look = now; }

const WatchedThread* WatchedThreads::this_one() noexcept {
  const WatchedThread& mine = this_thread;
  return mine.beacons && !mine.ended ? &mine : nullptr;
}

}  // namespace perf_timer::inline v0_1::detail
