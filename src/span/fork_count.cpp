//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/span/fork_count.hpp>

namespace perf_timer::inline v0_1::detail {

constinit std::atomic<std::uint32_t> fork_count{0};

namespace {

[[maybe_unused]] const bool fork_is_counted =
    at_fork(nullptr, nullptr, [] { fork_count.fetch_add(1, std::memory_order_relaxed); });

}  // namespace
}  // namespace perf_timer::inline v0_1::detail
