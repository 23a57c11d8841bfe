//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/static_storage.hpp>

#if defined(__APPLE__)
#include <dlfcn.h>
#else
#include <cstddef>
#include <cstdint>

#include <link.h>
#endif

namespace perf_timer::inline v0_1::detail {

#if defined(__APPLE__)
bool in_static_storage(const void* object) noexcept {
  Dl_info info;
  return ::dladdr(object, &info) != 0;
}
#else
namespace {

int holds(dl_phdr_info* module, std::size_t, void* address) noexcept {
  const std::uintptr_t offset =
      reinterpret_cast<std::uintptr_t>(address) - static_cast<std::uintptr_t>(module->dlpi_addr);
  for (int i = 0; i < static_cast<int>(module->dlpi_phnum); ++i) {
    const auto& segment = module->dlpi_phdr[i];
    if (segment.p_type == PT_LOAD && offset - segment.p_vaddr < segment.p_memsz) return 1;
  }
  return 0;
}

}  // namespace

bool in_static_storage(const void* object) noexcept {
  return ::dl_iterate_phdr(&holds, const_cast<void*>(object)) != 0;
}
#endif

}  // namespace perf_timer::inline v0_1::detail
