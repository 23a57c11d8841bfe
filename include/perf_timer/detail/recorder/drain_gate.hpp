//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

namespace perf_timer::inline v0_1::detail {

/// What threads pass that add to a recorder's states by themselves, any number at once. A snapshot
/// shuts it. So what its counters say, and what the states of all shards have seen, is the same.
class DrainGate {
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
  [[nodiscard]] bool try_shut() noexcept {
    if (!mutex_.try_lock()) return false;
    shut_.store(true);
    if (inside_.load() == 0) return true;
    open();
    return false;
  }
  void open() noexcept {
    shut_.store(false, std::memory_order_release);
    mutex_.unlock();
  }

 private:
  void shut() noexcept {
    mutex_.lock();
    shut_.store(true);
    while (inside_.load() != 0) std::this_thread::yield();
  }
  // Whoever enters counts itself first, and then looks; whoever shuts it does the opposite. So one
  // of them sees the other.
  void enter() noexcept {
    for (;;) {
      inside_.fetch_add(1);
      if (!shut_.load()) return;
      inside_.fetch_sub(1, std::memory_order_release);
      const std::lock_guard wait(mutex_);
    }
  }

  std::mutex mutex_;  // held while it is shut
  std::atomic<bool> shut_{false};
  std::atomic<std::uint32_t> inside_{0};
};

}  // namespace perf_timer::inline v0_1::detail
