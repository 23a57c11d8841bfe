//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "allocation_count.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>

#include <malloc.h>

// glibc's own functions. Those below replace them in this program, so that all allocations count,
// Asio's frames too.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
}

namespace {

constinit std::atomic<std::uint64_t> allocations{0};

constinit std::atomic<std::int64_t> bytes{0};

void took(void* block, std::int64_t sign) {
  if (block)
    bytes.fetch_add(sign * static_cast<std::int64_t>(::malloc_usable_size(block)),
                    std::memory_order_relaxed);
}

void* counted(void* block) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  took(block, 1);
  return block;
}

}  // namespace

namespace perf_timer::test {

std::uint64_t allocation_count() noexcept { return allocations.load(std::memory_order_relaxed); }
std::int64_t bytes_in_use() noexcept { return bytes.load(std::memory_order_relaxed); }

}  // namespace perf_timer::test

extern "C" {
void* malloc(std::size_t size) { return counted(__libc_malloc(size)); }
void* calloc(std::size_t number, std::size_t size) { return counted(__libc_calloc(number, size)); }
void* realloc(void* block, std::size_t size) {
  took(block, -1);
  return counted(__libc_realloc(block, size));
}
void* memalign(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return counted(__libc_memalign(alignment, size));
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  *block = counted(__libc_memalign(alignment, size));
  return *block ? 0 : ENOMEM;
}
void free(void* block) {
  took(block, -1);
  __libc_free(block);
}
}
