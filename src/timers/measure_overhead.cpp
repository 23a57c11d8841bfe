//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/measure_overhead.hpp>

#include <atomic>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Known {
  const std::type_info& timer;
  const std::type_info& observer;
  const FractionalNanoseconds cost;
  const Known* next;
};
// Only ever grows, by a few. A lock would have to be held over a fork.
constinit std::atomic<const Known*> first_known{nullptr};

}  // namespace

FractionalNanoseconds overhead_once(const std::type_info& timer, const std::type_info& observer,
                                    const std::function<FractionalNanoseconds()>& measure) {
  const Known* first = first_known.load(std::memory_order_acquire);
  for (const Known* known = first; known; known = known->next)
    if (known->timer == timer && known->observer == observer) return known->cost;

  auto* const found = new Known{timer, observer, measure(), first};
  while (!first_known.compare_exchange_weak(first, found, std::memory_order_acq_rel))
    found->next = first;
  return found->cost;
}

}  // namespace perf_timer::inline v0_1::detail
