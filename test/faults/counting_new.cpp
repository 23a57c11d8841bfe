//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "counting_new.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
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

void* counted(void* block) {
  if (!block) throw std::bad_alloc();
  blocks.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(static_cast<std::int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
  return block;
}

void give_back(void* block) noexcept {
  if (!block) return;
  blocks.fetch_sub(1, std::memory_order_relaxed);
  bytes.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
  std::free(block);
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
  return counted(std::malloc(size == 0 ? 1 : size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  count_down();
  const auto align = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(align, (size + align - 1) / align * align));
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
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
