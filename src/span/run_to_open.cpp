//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/run_to_open.hpp>
#include <perf_timer/trace.hpp>

namespace perf_timer::inline v0_1::detail {

ListedRun run_to_open_of_many(Recorder& recorder) noexcept {
  const bool sampled = recorder.samples_cpu() && !tracing();
  return static_cast<ListedRun>(recorder.serial()) | (sampled ? to_be_sampled : 0);
}

}  // namespace perf_timer::inline v0_1::detail
