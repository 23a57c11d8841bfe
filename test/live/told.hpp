//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace perf_timer::test {

/// What a watch has told.
class Told {
 public:
  void operator()(const Stall& stall) {
    const std::lock_guard lock(mutex_);
    stalls_.push_back(stall);
    more_.notify_all();
  }
  /// Waits for a stall on a thread of this name that is over, or isn't.
  Stall wait_for(const std::string& thread_name, bool over = false) {
    std::unique_lock lock(mutex_);
    for (;;) {
      for (const Stall& stall : stalls_)
        if (stall.thread_name == thread_name && stall.over == over) return stall;
      more_.wait(lock);
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<Stall> stalls_;
};

inline StallWatchOptions telling(Told& told) {
  return {.longer_than = std::chrono::milliseconds(20),
          .sink = [&](const Stall& stall) { told(stall); }};
}

}  // namespace perf_timer::test
