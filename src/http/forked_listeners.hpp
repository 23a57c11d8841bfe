//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Closes a listener's descriptor in the children of forks. They have no thread that would accept
/// its clients, which would wait there for ever once the parent has ended.
class ClosedInChildren {
 public:
  /// Throws `std::bad_alloc`.
  explicit ClosedInChildren(int descriptor);
  ClosedInChildren(const ClosedInChildren&) = delete;
  ClosedInChildren& operator=(const ClosedInChildren&) = delete;
  ~ClosedInChildren();

 private:
  struct All;

  const int descriptor_;
  ClosedInChildren* next_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
