//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// Returns what the compiler calls this function, a text that contains the name of `T`. Unlike
/// `typeid`, g++ names the function in which a lambda stands, and clang its file and line.
template <class T>
[[nodiscard]] constexpr const char* signature_with() noexcept {
  return __PRETTY_FUNCTION__;
}

}  // namespace perf_timer::inline v0_1::detail
