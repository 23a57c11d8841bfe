//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/span/step_base.hpp>

#include <atomic>

namespace perf_timer::inline v0_1::detail {
namespace {

// A thread takes a million ids at once, so that threads rarely share the counter.
constexpr StepId ids_in_a_block = StepId{1} << 20;
constinit std::atomic<StepId> next_id_block{0};
PERF_TIMER_INITIAL_EXEC constinit thread_local StepId last_id{0};

}  // namespace

StepId next_step_id() noexcept {
  // Relaxed: only each number is its own.
  if (last_id % ids_in_a_block == 0)
    last_id = next_id_block.fetch_add(ids_in_a_block, std::memory_order_relaxed);
  return ++last_id;
}

}  // namespace perf_timer::inline v0_1::detail
