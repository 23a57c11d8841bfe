//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1 {

/// A function that executes, or waits for one that it called.
struct StackFrame {
  const void* address = nullptr;  ///< inside the instruction that executes or calls
  std::string function = {};      ///< its name, or "server+0x1a2b" where that isn't known
  std::string file = {};          ///< of the source; empty if it isn't known
  std::uint32_t line = 0;         ///< in that file; 0 if it isn't known
};

/// Finds out what is at addresses, in their order.
using SymbolsFunction = std::function<std::vector<StackFrame>(std::span<const void* const>)>;

}  // namespace perf_timer::inline v0_1
