//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "memory.hpp"

#include <cerrno>
#include <cstddef>

// glibc's own functions. Those below replace them in this program.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
}

namespace {

constinit std::mutex mutex;

}  // namespace

std::mutex& memory() noexcept { return mutex; }

extern "C" {
void* malloc(std::size_t size) {
  const std::lock_guard lock(mutex);
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  const std::lock_guard lock(mutex);
  return __libc_calloc(number, size);
}
void* realloc(void* block, std::size_t size) {
  const std::lock_guard lock(mutex);
  return __libc_realloc(block, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  const std::lock_guard lock(mutex);
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
void free(void* block) {
  const std::lock_guard lock(mutex);
  __libc_free(block);
}
}
