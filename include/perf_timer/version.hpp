//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// The version of the headers: major * 100'000 + minor * 100 + patch. 100 is 0.1.0.
#define PERF_TIMER_VERSION 100

namespace perf_timer {

/// Everything is in an inline namespace that is named after the version. Code that was compiled
/// with one version can't be linked with a library of another by mistake. Before 1.0 a minor
/// version may break what the one before promised.
inline namespace v0_1 {}

/// The version of the headers as text.
inline constexpr const char* version = "0.1.0";

}  // namespace perf_timer
