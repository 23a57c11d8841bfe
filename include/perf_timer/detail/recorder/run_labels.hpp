//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// A name and a value, both UTF-8.
struct RunLabel {
  std::string_view name;
  std::string_view value;
  std::size_t characters;  ///< of both
};

/// The labels of one run: of an open one, or of one that has ended and is a timer's exemplar. They
/// move from the one to the other, so the end of a run copies nothing. Recycled, like the frames of
/// coroutines.
class PERF_TIMER_EXPORT RunLabels {
 public:
  /// So many names and values have together at most, as OpenMetrics says of exemplars.
  static constexpr std::size_t most_characters = 128;

  RunLabels() noexcept {}  // the text isn't initialised
  RunLabels(const RunLabels&) = delete;
  RunLabels& operator=(const RunLabels&) = delete;
  ~RunLabels() = default;
  static void* operator new(std::size_t size);
  static void operator delete(void* labels) noexcept;

  /// Adds a label, or gives one that is there another value. Throws `std::invalid_argument` if they
  /// have too many characters together, and `std::bad_alloc`; then nothing has changed.
  void set(const RunLabel& label);
  /// The same for what `labels` owns; makes it if it is null.
  static void set(RunLabels*& labels, const RunLabel& label);
  /// Adds those of `others` that it hasn't, as far as there is room.
  void add_missing(const RunLabels& others) noexcept;

  /// Says that the run has ended here.
  void ended(Ticks elapsed) noexcept {
    elapsed_ = elapsed;
    at_ = std::chrono::system_clock::now();
  }
  /// Returns the run as a plain value. Requires that it has ended. Throws `std::bad_alloc`.
  [[nodiscard]] Exemplar exemplar() const;

 private:
  [[nodiscard]] const char* text() const noexcept { return large_ ? large_.get() : small_; }
  [[nodiscard]] std::size_t find(std::string_view name, RunLabel& found) const noexcept;
  [[nodiscard]] RunLabel at(std::size_t& place) const noexcept;

  static constexpr std::size_t block = 192, small = block - 30;
  static constexpr std::size_t head = 3;  // of a label: how long its name and its value are

  std::unique_ptr<char[]> large_;  // if there are many bytes in few characters
  std::chrono::system_clock::time_point at_;
  Ticks elapsed_;
  std::uint16_t bytes_ = 0;
  std::uint16_t characters_ = 0;
  std::uint16_t room_ = small;
  char small_[small];  // label after label
};

}  // namespace perf_timer::inline v0_1::detail
