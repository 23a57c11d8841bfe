//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

// g++ leaves out of a name what is around the function that tells it. So that has a namespace of
// its own, in which there is no type.
namespace perf_timer::inline v0_1::detail::type_names {

/// Returns what the compiler calls this function, a text that contains the name of `T`. Unlike
/// `typeid`, g++ names the function in which a lambda stands, and clang its file and line.
template <class T>
[[nodiscard]] constexpr const char* signature_with() noexcept {
#if defined(_MSC_VER) && !defined(__clang__)
  return __FUNCSIG__;
#else
  return __PRETTY_FUNCTION__;
#endif
}

}  // namespace perf_timer::inline v0_1::detail::type_names

namespace perf_timer::inline v0_1::detail {

using type_names::signature_with;

}  // namespace perf_timer::inline v0_1::detail
