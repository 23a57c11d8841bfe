//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace perf_timer::test {

// Those of libstdc++ 12 can sleep for ever on a system without futexes, such as Windows: who waits
// looks at the value before it locks the mutex under which it sleeps (`__waiter_pool::_M_do_wait`).

/// A `std::latch`.
class Latch {
 public:
  explicit Latch(std::ptrdiff_t count) : count_(count) {}

  void count_down() {
    const std::lock_guard lock(mutex_);
    if (--count_ == 0) changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return count_ == 0; });
  }
  void arrive_and_wait() {
    count_down();
    wait();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::ptrdiff_t count_;
};

/// A value that a thread waits for.
template <class T>
class Awaited {
 public:
  explicit Awaited(T value) : value_(value) {}

  void set(T value) {
    const std::lock_guard lock(mutex_);
    value_ = value;
    changed_.notify_all();
  }
  void wait_for(T value) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return value_ == value; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  T value_;
};

/// A `std::counting_semaphore`.
class Semaphore {
 public:
  explicit Semaphore(std::ptrdiff_t count) : count_(count) {}

  void release() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_one();
  }
  void acquire() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return count_ != 0; });
    --count_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::ptrdiff_t count_;
};

/// A `std::barrier`.
class Barrier {
 public:
  explicit Barrier(std::ptrdiff_t threads) : threads_(threads), missing_(threads) {}

  void arrive_and_wait() {
    std::unique_lock lock(mutex_);
    const std::size_t mine = phase_;
    if (--missing_ == 0) {
      missing_ = threads_;
      ++phase_;
      changed_.notify_all();
    } else {
      changed_.wait(lock, [&] { return phase_ != mine; });
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::ptrdiff_t threads_;
  std::ptrdiff_t missing_;
  std::size_t phase_ = 0;
};

}  // namespace perf_timer::test
