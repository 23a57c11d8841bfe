//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/waiting_times.hpp>

#include <new>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {

constinit WaitingSlot WaitingTimes::no_ring_{WaitingSlot::ends};
constinit WaitingSlot WaitingTimes::nobodys_;
constinit std::atomic<std::uint64_t> WaitingTimes::unseen_{0};

WaitingTimes::~WaitingTimes() {
  for (const Ring* ring = newest_.load(std::memory_order_relaxed); ring;) {
    const Ring* const older = ring->older;
    delete ring;
    ring = older;
  }
}

PERF_TIMER_COLD void WaitingTimes::add_slowly(Ticks since, WaitingRef& ref) noexcept {
  if (WaitingSlot* const slot = find_free()) return take(slot, since, ref);
  ref.bits |= WaitingRef::has_none;
  unseen_.fetch_add(1, std::memory_order_relaxed);
}

/// Returns null if there was no memory.
WaitingSlot* WaitingTimes::find_free() noexcept {
  constexpr std::size_t first_size = 32;
  for (WaitingSlot* slot = next_;; passed_over_ = 0) {
    for (; slot->word() != WaitingSlot::ends; ++slot, ++passed_over_)
      if (slot->is_free()) return slot;
    const Ring* const ring = newest_.load(std::memory_order_relaxed);
    const std::size_t size = ring ? ring->slots.size() - 1 : 0;
    const bool has_grown = passed_over_ >= size - size / 4 && grow(ring ? 2 * size : first_size);
    Ring* const next = newest_.load(std::memory_order_relaxed);
    if (!has_grown && passed_over_ >= size) {
      passed_over_ = 0;
      next_ = next ? next->slots.data() : &no_ring_;  // looks at all again
      return nullptr;
    }
    slot = next->slots.data();
  }
}

bool WaitingTimes::grow(std::size_t size) noexcept {
  try {
    auto* const ring = new Ring(size);
    ring->slots.back().word_.store(WaitingSlot::ends, std::memory_order_relaxed);
    ring->older = newest_.load(std::memory_order_relaxed);
    newest_.store(ring, std::memory_order_release);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  } catch (const std::length_error&) {
    return false;
  }
}

WaitingSlot& WaitingTimes::remove(const WaitingRef& ref) noexcept {
  if ((ref.bits & WaitingRef::has_none) == 0) return ref.slot();
  unseen_.fetch_sub(1, std::memory_order_relaxed);
  return nobodys_;
}

}  // namespace perf_timer::inline v0_1::detail
