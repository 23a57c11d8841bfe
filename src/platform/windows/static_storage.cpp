//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/static_storage.hpp>

namespace perf_timer::inline v0_1::detail {

// What is mapped from a program or a DLL. Unlike GetModuleHandleEx, this needs no lock of the
// loader's.
bool in_static_storage(const void* object) noexcept {
  MEMORY_BASIC_INFORMATION memory{};
  return ::VirtualQuery(object, &memory, sizeof(memory)) != 0 && memory.Type == MEM_IMAGE;
}

}  // namespace perf_timer::inline v0_1::detail
