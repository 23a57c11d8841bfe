//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// What threads pass that add to a recorder's states by themselves, any number at once. A snapshot
/// shuts it. So what its counters say, and what the states of all shards have seen, is the same.
class PERF_TIMER_EXPORT DrainGate {
 public:
  /// A thread is inside while it lives.
  class Passage {
   public:
    explicit Passage(DrainGate& gate) noexcept : gate_(gate) { gate_.enter(); }
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;
    ~Passage() { gate_.inside_.fetch_sub(1, std::memory_order_release); }

   private:
    DrainGate& gate_;
  };

  /// The gate is shut while it lives, and nobody is inside.
  class Shut {
   public:
    explicit Shut(DrainGate& gate) noexcept : gate_(gate) { gate_.shut(); }
    Shut(const Shut&) = delete;
    Shut& operator=(const Shut&) = delete;
    ~Shut() { gate_.open(); }

   private:
    DrainGate& gate_;
  };

  /// Shuts it if nobody is inside, and it isn't shut.
  [[nodiscard]] bool try_shut() noexcept;
  void open() noexcept;

 private:
  void shut() noexcept;
  void enter() noexcept;

  std::mutex mutex_;  // held while it is shut
  std::atomic<bool> shut_{false};
  std::atomic<std::uint32_t> inside_{0};
};

}  // namespace perf_timer::inline v0_1::detail
