//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Since when one function waits. The thread that submits the function writes it, the one that
/// starts it clears it, and any thread reads it. All is in one word, so no reading is torn.
/// Relaxed: whoever starts the function comes after whoever submitted it, and a reader reads
/// nothing else.
class WaitingSlot {
 public:
  WaitingSlot() noexcept = default;

  [[nodiscard]] bool is_free() const noexcept { return word() == 0; }
  void set(Ticks since) noexcept {
    word_.store(static_cast<std::uint64_t>(since) << 1 | waits, std::memory_order_relaxed);
  }
  void clear() noexcept { word_.store(0, std::memory_order_relaxed); }

  /// Returns since when a function waits; nothing if none does.
  [[nodiscard]] std::optional<Ticks> since() const noexcept {
    const std::uint64_t now = word();
    if ((now & waits) == 0) return {};
    return static_cast<Ticks>(now) >> 1;
  }

 private:
  friend class WaitingTimes;

  static constexpr std::uint64_t waits = 1, ends = 2;

  constexpr explicit WaitingSlot(std::uint64_t word) noexcept : word_(word) {}
  [[nodiscard]] std::uint64_t word() const noexcept {
    return word_.load(std::memory_order_relaxed);
  }

  std::atomic<std::uint64_t> word_{0};
};

/// A function's slot, and two bits of whoever keeps it. It is one word, because it moves with the
/// function.
struct WaitingRef {
  static constexpr std::uintptr_t keepers = 3, has_none = 4;

  void set(const void* pointer) noexcept { bits |= reinterpret_cast<std::uintptr_t>(pointer); }
  template <class T>
  [[nodiscard]] T* get() const noexcept {
    return reinterpret_cast<T*>(bits & ~(keepers | has_none));
  }
  /// Only if there is one.
  [[nodiscard]] WaitingSlot& slot() const noexcept { return *get<WaitingSlot>(); }

  std::uintptr_t bits = 0;
};
static_assert(alignof(WaitingSlot) > (WaitingRef::keepers | WaitingRef::has_none));

/// Since when each of the functions waits that one thread has submitted. One thread at a time adds
/// to it; another may take over under the recorder's lock. Any thread removes and reads.
///
/// It is a ring, because functions mostly start in the order in which they were submitted. A slot
/// whose function still waits is passed over. If more than three quarters were, the ring is left as
/// it is, and the next one is twice as large. So there are at most six words for each of the most
/// functions that ever waited at once.
class PERF_TIMER_EXPORT WaitingTimes {
 public:
  WaitingTimes() noexcept = default;
  WaitingTimes(const WaitingTimes&) = delete;
  WaitingTimes& operator=(const WaitingTimes&) = delete;
  ~WaitingTimes();

  /// Says that a function waits. `ref` refers to its slot from now on; or it has none, because
  /// there was no memory.
  void add(Ticks since, WaitingRef& ref) noexcept {
    WaitingSlot* const slot = next_;
    if (!slot->is_free()) [[unlikely]]
      return add_slowly(since, ref);
    take(slot, since, ref);
  }
  /// Says that it waits no more. Returns what is to be cleared: its slot, or one that nobody reads.
  /// Who knows that it has a slot needn't call this.
  [[nodiscard]] static WaitingSlot& remove(const WaitingRef& ref) noexcept;

  /// Returns whether functions of any timer wait that have no slot.
  [[nodiscard]] static bool some_are_unseen() noexcept {
    return unseen_.load(std::memory_order_relaxed) != 0;
  }

  /// Calls `action(const WaitingSlot&)` for each slot. Whoever waits all the time is among them.
  template <class Action>
  void for_each(Action action) const {
    for (const Ring* ring = newest_.load(std::memory_order_acquire); ring; ring = ring->older)
      for (std::size_t i = 0; i + 1 < ring->slots.size(); ++i) action(ring->slots[i]);
  }

 private:
  struct Ring {
    explicit Ring(std::size_t size) : slots(size + 1) {}
    std::vector<WaitingSlot> slots;  // the last one is always taken, and tells where the ring ends
    Ring* older = nullptr;
  };

  void take(WaitingSlot* slot, Ticks since, WaitingRef& ref) noexcept {
    slot->set(since);
    next_ = std::next(slot);
    ref.set(slot);
  }
  void add_slowly(Ticks since, WaitingRef& ref) noexcept;
  [[nodiscard]] WaitingSlot* find_free() noexcept;
  [[nodiscard]] bool grow(std::size_t size) noexcept;

  static constinit WaitingSlot no_ring_, nobodys_;
  static constinit std::atomic<std::uint64_t> unseen_;

  // A fork may stop the writer anywhere, and another thread goes on from there. So these needn't
  // agree with each other.
  WaitingSlot* next_ = &no_ring_;
  std::size_t passed_over_ = 0;  // since the ring's beginning
  std::atomic<Ring*> newest_{nullptr};
};

}  // namespace perf_timer::inline v0_1::detail
