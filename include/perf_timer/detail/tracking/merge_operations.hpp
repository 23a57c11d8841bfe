//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/operations.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Adds the counts and the samples of `from` to `to`. What `to` is called is unchanged. Throws
/// `std::bad_alloc`.
PERF_TIMER_EXPORT void merge(OperationSnapshot& to, const OperationSnapshot& from);

/// Returns where it starts, for people: base name and line of the file, such as "session.cpp:41".
/// If the file isn't known, the function. Empty if that isn't known either.
[[nodiscard]] PERF_TIMER_EXPORT std::string place_of(const OperationSnapshot& operation);

/// An operation as the program started it.
struct StartedOperation {
  OperationSnapshot snapshot;
  bool composed = false;  ///< whether it is the sum of its steps

  /// How often the program started it, of those that have ended; of a composed one, of those whose
  /// first step has. Nothing if that isn't known.
  [[nodiscard]] std::optional<std::uint64_t> count() const {
    return composed ? snapshot.calls : snapshot.count;
  }
};

/// Returns the operations that the program started. The steps of a composed one that starts at one
/// place are merged, in the place of the first one. The sum is called what the program called, and
/// has no object. Throws `std::bad_alloc`.
[[nodiscard]] std::vector<StartedOperation> started_operations(
    std::span<const OperationSnapshot> operations);

}  // namespace perf_timer::inline v0_1::detail
