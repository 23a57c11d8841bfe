//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "forked_listeners.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/socket.hpp>

#include <mutex>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Listening {
  std::mutex mutex;
  std::vector<int> descriptors;  // guarded by `mutex`
};

Listening& listening();

void before_fork() { listening().mutex.lock(); }
void after_fork() { listening().mutex.unlock(); }
void in_child() {
  for (const int descriptor : listening().descriptors) const Descriptor closed(descriptor);
  listening().descriptors.clear();
  after_fork();
}

Listening& listening() {
  // Never destroyed, because a process may fork late.
  static Listening* const immortal = [] {
    at_fork(before_fork, after_fork, in_child);
    return new Listening;
  }();
  return *immortal;
}

}  // namespace

ClosedInChildren::ClosedInChildren(int descriptor) : descriptor_(descriptor) {
  const std::lock_guard lock(listening().mutex);
  listening().descriptors.push_back(descriptor);
}

ClosedInChildren::~ClosedInChildren() {
  const std::lock_guard lock(listening().mutex);
  std::erase(listening().descriptors, descriptor_);
}

}  // namespace perf_timer::inline v0_1::detail
