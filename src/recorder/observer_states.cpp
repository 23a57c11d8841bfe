//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/recorder/observer_states.hpp>

#include <stdexcept>

namespace perf_timer::detail {

ObserverStates::ObserverStates(const Observer& observer, SeriesKept kept) {
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (kept != SeriesKept::all && i + 1 != series.size()) continue;
    series[i] = observer.make_state();
    if (!series[i])
      throw std::invalid_argument(
          "observer: make_state returned null; let it return a new ObserverState");
  }
}

void ObserverStates::merge(const ObserverStates& other) {
  for (std::size_t i = 0; i < series.size(); ++i)
    if (series[i]) series[i]->merge(*other.series[i]);
}

}  // namespace perf_timer::detail
