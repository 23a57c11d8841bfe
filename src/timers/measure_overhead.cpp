//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers/measure_overhead.hpp>

#include <map>
#include <mutex>
#include <typeindex>
#include <utility>

namespace perf_timer::detail {
namespace {

/// Never destroyed, as reports may come late.
struct Costs {
  std::mutex mutex;
  std::map<std::pair<std::type_index, std::type_index>, FractionalNanoseconds> of;
};

Costs& costs() {
  static auto* const immortal = new Costs;
  return *immortal;
}

}  // namespace

FractionalNanoseconds overhead_once(const std::type_info& timer, const std::type_info& observer,
                                    const std::function<FractionalNanoseconds()>& measure) {
  const std::pair<std::type_index, std::type_index> kind(timer, observer);
  {
    const std::lock_guard lock(costs().mutex);
    if (const auto known = costs().of.find(kind); known != costs().of.end()) return known->second;
  }
  // Without the lock: it makes timers, and takes milliseconds.
  const FractionalNanoseconds cost = measure();
  const std::lock_guard lock(costs().mutex);
  return costs().of.emplace(kind, cost).first->second;
}

}  // namespace perf_timer::detail
