//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "system.hpp"

#include <cstddef>
#include <span>

namespace perf_timer::inline v0_1::detail {

/// The registers and the stack of a thread that was suspended. Its functions are found in the copy,
/// when it runs again: to find them may take locks of the system's that the thread had.
class StackCopy {
 public:
  /// Stacks that are deeper aren't copied. The main thread's has that size, unless it is linked
  /// with another one.
  static constexpr std::size_t most = std::size_t{2} << 20;

  /// Has memory for a copy here: `most` bytes, and `beyond` more, that are reserved.
  void use(std::byte* memory) noexcept { memory_ = memory; }
  /// So much can be read behind a stack's end.
  static constexpr std::size_t beyond = std::size_t{64} << 10;

  /// For the thread that is suspended. It calls only the kernel, so that nothing which the thread
  /// has locked is needed.
  CONTEXT& registers() noexcept { return context_; }
  void copy() noexcept;
  void forget() noexcept { size_ = 0; }

  /// Writes where the thread was, from inner to outer functions, and returns how many. To be called
  /// once after `copy`.
  [[nodiscard]] std::size_t walk(std::span<const void*> frames) noexcept;

 private:
  void move_pointers() noexcept;
  [[nodiscard]] bool is_inside(DWORD64 address) const noexcept;

  CONTEXT context_{};
  std::byte* memory_ = nullptr;
  std::size_t size_ = 0;  // zero: there is no copy
};

}  // namespace perf_timer::inline v0_1::detail
