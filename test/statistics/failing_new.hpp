//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>

namespace perf_timer::test {

/// While it lives, `operator new` succeeds `successes` times on the calling thread, and then throws
/// `std::bad_alloc`.
class FailingNew {
 public:
  explicit FailingNew(std::int64_t successes) noexcept;
  FailingNew(const FailingNew&) = delete;
  FailingNew& operator=(const FailingNew&) = delete;
  ~FailingNew();
};

}  // namespace perf_timer::test
