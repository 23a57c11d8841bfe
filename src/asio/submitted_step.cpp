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

void TimersOfStep::submit(const Binding& binding, const Handover* around) noexcept {
  std::uint64_t place = first;
  bool any = false;
  for (const Binding* b = &binding; b && place != has_failed; b = b->also.get(), place <<= 1) {
    Recorder* const timer = b->recorder.get();
    if (!timer) continue;
    if (timer->enabled() && !feeds(around, *timer)) {
      timer->submit();
      any = true;
    } else {
      bits_ |= place;
    }
  }
  if (!any) bits_ &= handed_over;
}

bool TimersOfStep::start(const Binding& binding) const noexcept {
  if (Recorder* const only = binding.only_timer(); only && (bits_ & first) == 0) [[likely]]
    return only->start();
  bool sampled = false;
  for_each_of_several(binding, [&](Recorder& r) { sampled = r.start() || sampled; });
  return sampled;
}

}  // namespace perf_timer::inline v0_1::detail
