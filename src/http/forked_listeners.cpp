//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "forked_listeners.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/socket.hpp>

#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Of the process. Nobody allocates while he has the lock, so that no fork waits for memory.
struct ClosedInChildren::All {
  std::mutex mutex;
  ClosedInChildren* first = nullptr;  // guarded by `mutex`

  static All& instance() {
    // Never destroyed, because a process may fork late.
    static All* const immortal = [] {
      at_fork([] { instance().mutex.lock(); }, [] { instance().mutex.unlock(); },
              [] { instance().close(); });
      return new All;
    }();
    return *immortal;
  }

 private:
  void close() noexcept {
    for (; first; first = first->next_) const Descriptor closed(first->descriptor_);
    mutex.unlock();
  }
};

ClosedInChildren::ClosedInChildren(int descriptor) : descriptor_(descriptor) {
  All& all = All::instance();
  const std::lock_guard lock(all.mutex);
  next_ = std::exchange(all.first, this);
}

ClosedInChildren::~ClosedInChildren() {
  All& all = All::instance();
  const std::lock_guard lock(all.mutex);
  for (ClosedInChildren** one = &all.first; *one; one = &(*one)->next_)
    if (*one == this) {
      *one = next_;
      return;
    }
}

}  // namespace perf_timer::inline v0_1::detail
