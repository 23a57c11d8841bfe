//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// While it exists, nothing that the calling thread does is in a trace. It is for runs that aren't
/// the program's.
class PERF_TIMER_EXPORT Untraced {
 public:
  Untraced() noexcept;
  Untraced(const Untraced&) = delete;
  Untraced& operator=(const Untraced&) = delete;
  ~Untraced();

 private:
  const bool before_;
};

}  // namespace perf_timer::inline v0_1::detail
