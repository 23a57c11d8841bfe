//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// An address in the program or in a library of it, and where in that file it is.
struct CodePlace {
  const void* address = nullptr;
  std::uintptr_t offset = 0;    ///< as `addr2line` takes it; the address if the file isn't known
  std::array<char, 64> file{};  ///< without folders, and cut if it is longer
  std::size_t file_size = 0;    ///< zero if it isn't known

  [[nodiscard]] std::string_view file_name() const noexcept { return {file.data(), file_size}; }
};

/// Fills in where the addresses are, as the kernel tells it. Neither allocates nor takes a lock,
/// such as the dynamic linker's, which knows it as well.
PERF_TIMER_EXPORT void find_code(std::span<CodePlace> places) noexcept;

}  // namespace perf_timer::inline v0_1::detail
