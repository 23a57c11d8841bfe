//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace perf_timer::inline v0_1::detail {

class Operation;

/// What is known of a function that Asio is given. It is kept in place of when a result is there,
/// as a function has none: the address of a step of a composed operation, with notes in those of
/// its bits that are zero.
class FunctionNotes {
 public:
  enum Note : unsigned char {
    handed_down = 1,  ///< by an instrumented executor, whose own step says all of it
    strands_own = 2,  ///< by a strand, to execute what waits in it
    unwinding = 4,    ///< see `SubmissionFlags`
    uncounted = 8     ///< its waiting isn't in the accounts yet
  };
  /// Addresses of steps are multiples of this.
  static constexpr std::size_t alignment = 16;

  FunctionNotes() noexcept = default;
  /// What `TrackedOperation` keeps; of an operation with a result, there are none.
  explicit FunctionNotes(Ticks kept) noexcept : kept_(kept) {}

  [[nodiscard]] Ticks kept() const noexcept { return kept_; }
  [[nodiscard]] bool is_function() const noexcept { return kept_ < 0; }
  [[nodiscard]] bool has(int any) const noexcept { return is_function() && (kept_ & any) != 0; }
  void set(Note note) noexcept { kept_ |= note; }

  /// The step that it goes on with; null if there is none.
  [[nodiscard]] const Operation* continued() const noexcept {
    if (!is_function()) return nullptr;
    constexpr Ticks others = of_a_function | static_cast<Ticks>(alignment - 1);
    return reinterpret_cast<const Operation*>(static_cast<std::uintptr_t>(kept_ & ~others));
  }
  /// To be called at most once.
  void set_continued(const Operation* step) noexcept {
    kept_ |= static_cast<Ticks>(reinterpret_cast<std::uintptr_t>(step));
  }

 private:
  // No time at which a result is there, and no address: the upper half is the kernel's.
  static constexpr Ticks of_a_function = std::numeric_limits<Ticks>::min();

  Ticks kept_ = of_a_function;
};

}  // namespace perf_timer::inline v0_1::detail
