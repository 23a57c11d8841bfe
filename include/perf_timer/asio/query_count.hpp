//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::detail {

/// How often this thread has asked a `PerfExecutor` of this clock for its context. An
/// `any_io_executor` doesn't tell what it holds, but passes the question on.
template <class Clock>
[[gnu::visibility("default")]] inline constinit thread_local unsigned queries_of{0};

// noinline: coroutines call these, see thread_state.
template <class Clock>
[[gnu::noinline]] void count_query() noexcept {
  ++queries_of<Clock>;
}

template <class Clock>
[[nodiscard, gnu::noinline]] unsigned query_count() noexcept {
  return queries_of<Clock>;
}

}  // namespace perf_timer::detail
