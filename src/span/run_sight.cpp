//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/oldest_runs.hpp>
#include <perf_timer/detail/span/run_sight.hpp>

#include <algorithm>
#include <utility>

namespace perf_timer::inline v0_1::detail {

template bool see_run<std::chrono::steady_clock>(const Span&, ListedRun, SeenRun&) noexcept;

void for_each_span(void (*visit)(void* context, const Span& span), void* context) {
  SpanPool<Span>::for_each(visit, context);
  SpanPool<ProcessorSpan>::for_each(visit, context);
}

std::optional<Ticks> OldestRuns::opened(std::uint64_t timer) {
  if (!std::exchange(looked_, true)) {
    const auto look = [](void* context, const Span& span) {
      const ListedRun listed = span.listed.load(std::memory_order_acquire);
      if (listed == not_listed) return;
      const Ticks opened = span.opened.seen();
      if (span.listed.load(std::memory_order_relaxed) != listed) return;
      auto& oldest = static_cast<OldestRuns*>(context)->opened_;
      const auto [found, is_first] = oldest.try_emplace(timer_of(listed), opened);
      if (!is_first) found->second = std::min(found->second, opened);
    };
    for_each_span(look, this);
  }
  const auto found = opened_.find(timer_of(timer));
  return found == opened_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace perf_timer::inline v0_1::detail
