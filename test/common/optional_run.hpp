//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <new>
#include <utility>

namespace perf_timer::test {

/// A run that may be there, in this object. A scope can't be moved into a `std::optional`.
template <class Timer>
class OptionalRun {
 public:
  OptionalRun() noexcept = default;
  explicit OptionalRun(Timer& timer) { measure(timer); }
  OptionalRun(const OptionalRun&) = delete;
  OptionalRun& operator=(const OptionalRun&) = delete;
  ~OptionalRun() { reset(); }

  void measure(Timer& timer) {
    reset();
    ::new (static_cast<void*>(place_)) Run(timer.measure());
    there_ = true;
  }
  /// There must be a run.
  void stop() { run().stop(); }
  void reset() noexcept {
    if (std::exchange(there_, false)) run().~Run();
  }

 private:
  using Run = typename Timer::Run;

  [[nodiscard]] Run& run() noexcept { return *std::launder(reinterpret_cast<Run*>(place_)); }

  // Zero, because g++ can't see that nothing is read before it is made.
  alignas(Run) std::byte place_[sizeof(Run)]{};
  bool there_ = false;
};

}  // namespace perf_timer::test
