//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "memory.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

constinit std::mutex mutex;

void* allocate(std::size_t size, std::size_t alignment) {
  const std::lock_guard lock(mutex);
  void* const block = std::aligned_alloc(alignment, (size / alignment + 1) * alignment);
  if (!block) throw std::bad_alloc();
  return block;
}
void give_back(void* block) noexcept {
  const std::lock_guard lock(mutex);
  std::free(block);
}

}  // namespace

std::mutex& memory() noexcept { return mutex; }

void* operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
