//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A timer's latest labelled runs: one of each octave of elapsed times. A timer doesn't know the
/// bounds of the buckets that an exporter will show.
///
/// Who ends a run exchanges a pointer, and neither waits nor copies. A reader takes a run out of
/// its place, reads it, and puts it back, unless a later one has come meanwhile.
class PERF_TIMER_EXPORT Exemplars {
 public:
  static constexpr std::size_t classes = 32;

  Exemplars() = default;
  Exemplars(const Exemplars&) = delete;
  Exemplars& operator=(const Exemplars&) = delete;
  ~Exemplars() { forget(); }

  /// Returns the class of a run: 0 below 512 ns, and so on to 31 from 9 minutes.
  [[nodiscard]] static constexpr std::size_t class_of(Ticks elapsed) noexcept {
    constexpr std::size_t below = 9;  // bits
    const auto bits = static_cast<std::size_t>(
        std::bit_width(static_cast<std::uint64_t>(std::max<Ticks>(elapsed, 0))));
    return bits <= below ? 0 : std::min(classes - 1, bits - below);
  }

  /// Adds a run that ends now. Takes over its labels.
  void add(RunLabels* run, Ticks elapsed) noexcept;

  /// Returns the runs, the shortest first. One thread at a time may read or forget. Throws
  /// `std::bad_alloc`.
  [[nodiscard]] std::vector<Exemplar> read() const;
  void forget() noexcept;

 private:
  // Owned. Reading takes them out for a moment.
  mutable std::array<std::atomic<RunLabels*>, classes> latest_{};
  std::atomic<bool> are_any_{false};
};

}  // namespace perf_timer::inline v0_1::detail
