//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Returns whether a `Base` is a `Derived`, for assertions. Without run-time type information
/// (`-fno-rtti`) nobody can tell, and the result is true.
template <class Derived, class Base>
[[nodiscard]] bool may_be(const Base& object) noexcept {
#if defined(__cpp_rtti) && __cpp_rtti >= 199711L
  return dynamic_cast<const Derived*>(&object) != nullptr;
#else
  static_cast<void>(object);
  return true;
#endif
}

}  // namespace perf_timer::inline v0_1::detail
