//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>

/// This program's `operator new` counts allocations, and fails on request.
namespace perf_timer::test {

/// Blocks that any thread has allocated by `operator new` and that weren't deleted yet, and their
/// bytes.
struct HeapUse {
  std::int64_t blocks = 0, bytes = 0;

  bool operator==(const HeapUse&) const = default;
};
[[nodiscard]] HeapUse heap_use() noexcept;

/// While it lives, the n-th `operator new` of the calling thread throws `std::bad_alloc`, counted
/// from 0. All others succeed.
class FailingAllocation {
 public:
  explicit FailingAllocation(std::int64_t n) noexcept;
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
  ~FailingAllocation();

  /// Whether an allocation failed, and how many more would succeed before one does.
  [[nodiscard]] static bool failed() noexcept;
  [[nodiscard]] static std::int64_t left() noexcept;
};

}  // namespace perf_timer::test
