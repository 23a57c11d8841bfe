//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "counting_new.hpp"

#include "common/aligned_memory.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();
thread_local constinit std::int64_t until_failure = never;
thread_local constinit bool has_failed = false;

constinit std::atomic<std::int64_t> blocks{0}, bytes{0};

void count_down() {
  if (until_failure == never || has_failed || until_failure-- != 0) return;
  has_failed = true;
  throw std::bad_alloc();
}

/// In front of each block stands its size.
std::size_t front(std::size_t alignment) { return std::max(alignment, alignof(std::max_align_t)); }
constexpr std::size_t plain = alignof(std::max_align_t);

void* counted(void* memory, std::size_t alignment, std::size_t size) {
  if (!memory) throw std::bad_alloc();
  blocks.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(static_cast<std::int64_t>(size), std::memory_order_relaxed);
  std::memcpy(memory, &size, sizeof size);
  return static_cast<std::byte*>(memory) + front(alignment);
}

/// Returns the memory to free.
void* counted_back(void* block, std::size_t alignment) noexcept {
  if (!block) return nullptr;
  void* const memory = static_cast<std::byte*>(block) - front(alignment);
  std::size_t size = 0;
  std::memcpy(&size, memory, sizeof size);
  blocks.fetch_sub(1, std::memory_order_relaxed);
  bytes.fetch_sub(static_cast<std::int64_t>(size), std::memory_order_relaxed);
  return memory;
}

void give_back(void* block) noexcept { std::free(counted_back(block, plain)); }

void give_back(void* block, std::align_val_t alignment) noexcept {
  perf_timer::test::free_aligned(counted_back(block, static_cast<std::size_t>(alignment)));
}

}  // namespace

namespace perf_timer::test {

HeapUse heap_use() noexcept { return {blocks.load(), bytes.load()}; }

FailingAllocation::FailingAllocation(std::int64_t n) noexcept {
  until_failure = n;
  has_failed = false;
}
FailingAllocation::~FailingAllocation() { until_failure = never; }
bool FailingAllocation::failed() noexcept { return has_failed; }
std::int64_t FailingAllocation::left() noexcept { return until_failure; }

}  // namespace perf_timer::test

void* operator new(std::size_t size) {
  count_down();
  return counted(std::malloc(front(plain) + size), plain, size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  count_down();
  const auto align = static_cast<std::size_t>(alignment);
  return counted(perf_timer::test::allocate_aligned(align, front(align) + size), align, size);
}
// As the standard library's own, which a sanitizer replaces.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept try {
  return operator new(size);
} catch (const std::bad_alloc&) {
  return nullptr;
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept
    try {
  return operator new(size, alignment);
} catch (const std::bad_alloc&) {
  return nullptr;
}
void operator delete(void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t alignment) noexcept {
  give_back(block, alignment);
}
void operator delete(void* block, std::size_t, std::align_val_t alignment) noexcept {
  give_back(block, alignment);
}
