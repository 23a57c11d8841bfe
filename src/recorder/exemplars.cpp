//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/exemplars.hpp>

#include <memory>

namespace perf_timer::inline v0_1::detail {

void Exemplars::add(RunLabels* run, Ticks elapsed) noexcept {
  run->ended(elapsed);
  delete latest_[class_of(elapsed)].exchange(run, std::memory_order_acq_rel);
  // Relaxed: who reads just now may miss the run, and exchanges the pointer before it reads the
  // labels.
  if (!are_any_.load(std::memory_order_relaxed)) are_any_.store(true, std::memory_order_relaxed);
}

std::vector<Exemplar> Exemplars::read() const {
  std::vector<Exemplar> result;
  if (!are_any_.load(std::memory_order_relaxed)) return result;
  for (std::atomic<RunLabels*>& place : latest_) {
    if (!place.load(std::memory_order_relaxed)) continue;
    struct Taken {
      std::atomic<RunLabels*>& place;
      std::unique_ptr<RunLabels> run{place.exchange(nullptr, std::memory_order_acq_rel)};
      ~Taken() {
        RunLabels* none = nullptr;
        if (place.compare_exchange_strong(none, run.get(), std::memory_order_acq_rel))
          static_cast<void>(run.release());
      }
    } const taken{place};
    if (taken.run) result.push_back(taken.run->exemplar());
  }
  return result;
}

void Exemplars::forget() noexcept {
  for (std::atomic<RunLabels*>& place : latest_)
    delete place.exchange(nullptr, std::memory_order_acq_rel);
}

}  // namespace perf_timer::inline v0_1::detail
