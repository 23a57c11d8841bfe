//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/submitted_step.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] bool feeds(const Handover* around, const Recorder& timer) noexcept {
  for (; around; around = around->outer)
    if (around->binding && around->binding->feeds(timer)) return true;
  return false;
}

}  // namespace

void TimersOfStep::leave_out(const Binding& binding, const Handover* around) noexcept {
  std::uint32_t place = first;
  bool any = false;
  for (const Binding* b = &binding; b; b = b->also.get(), place <<= 1) {
    const Recorder* const timer = b->recorder.get();
    if (!timer) continue;
    if (place <= last && feeds(around, *timer))
      bits_ = static_cast<std::uint8_t>(bits_ | place);
    else
      any = true;
  }
  if (!any) bits_ = static_cast<std::uint8_t>(bits_ & handed_over);
}

}  // namespace perf_timer::inline v0_1::detail
