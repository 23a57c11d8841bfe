//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <cstdlib>

#if defined(_WIN32)
#include <malloc.h>
#endif

namespace perf_timer::test {

/// For an `operator new` of over-aligned types; null if there is no memory. Windows has no
/// `std::aligned_alloc`, and frees such memory by another function.
inline void* allocate_aligned(std::size_t alignment, std::size_t size) noexcept {
#if defined(_WIN32)
  return ::_aligned_malloc(size, alignment);
#else
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
#endif
}

inline void free_aligned(void* block) noexcept {
#if defined(_WIN32)
  ::_aligned_free(block);
#else
  std::free(block);
#endif
}

}  // namespace perf_timer::test
