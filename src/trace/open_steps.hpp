//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/trace/events.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace perf_timer::inline v0_1::detail {

/// When the steps and handlers began that a thread executes, from outer to inner. A stackful
/// coroutine's step may end elsewhere. Then it is here until another one has its address, or there
/// are too many.
class OpenSteps {
 public:
  struct Step {
    const void* address = nullptr;
    Ticks begin = 0;
    TracedTimer timer = 0;
    std::optional<TracedOperation> operation{};  // whose handler it is, if it isn't a step
  };

  void clear() noexcept { size_ = 0; }

  /// If there are too many, the outermost is forgotten.
  void begin(const Step& step) noexcept {
    static_cast<void>(end(step.address));
    if (size_ == steps_.size()) {
      std::move(steps_.begin() + 1, steps_.end(), steps_.begin());
      --size_;
    }
    steps_[size_++] = step;
  }

  /// Returns the step, unless it isn't known. Those inside it have gone, too.
  [[nodiscard]] std::optional<Step> end(const void* address) noexcept {
    for (std::size_t i = size_; i-- != 0;)
      if (steps_[i].address == address) {
        size_ = i;
        return steps_[i];
      }
    return std::nullopt;
  }

 private:
  std::array<Step, 16> steps_;
  std::size_t size_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
