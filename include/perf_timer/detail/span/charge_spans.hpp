//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/cpu_time.hpp>
#include <perf_timer/detail/span/span.hpp>

namespace perf_timer::inline v0_1::detail {

/// Charges those around and including two different spans where a thread goes from one to the
/// other, at `at`, by a clock that all threads share. One of them may be null.
template <class Clock>
inline void charge_shared(Span* from, Span* to, Ticks at) noexcept {
  using Ops = AccountOps<true>;
  const auto leave = [at](Span* first, const Span* end) {
    for (Span* s = first; s != end; s = s->parent) Ops::leave(s->busy, at);
  };
  const auto enter = [at](Span* first, const Span* end) {
    for (Span* s = first; s != end; s = s->parent)
      if (Ops::enter(s->busy, at) >= Ops::most_threads) [[unlikely]]
        crowd(*s);
  };
  if (!from) {
    if (is_in_a_sample(*to)) [[unlikely]]
      return enter_sampled<Clock>(nullptr, to, nullptr, at);
    enter(to, nullptr);
  } else if (!to) {
    leave(from, nullptr);
    if (is_in_a_sample(*from)) [[unlikely]]
      enter_sampled<Clock>(from, nullptr, nullptr, at);
  } else {
    Span* const common = common_ancestor(from, to);
    leave(from, common);
    if (is_in_a_sample(*from) || is_in_a_sample(*to)) [[unlikely]]
      return enter_sampled<Clock>(from, to, common, at);
    enter(to, common);
  }
}

}  // namespace perf_timer::inline v0_1::detail
