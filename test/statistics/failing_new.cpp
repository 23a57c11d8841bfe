//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "failing_new.hpp"

#include <cstdlib>
#include <limits>
#include <new>

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
thread_local std::int64_t left = unlimited;

}  // namespace

namespace perf_timer::test {

FailingNew::FailingNew(std::int64_t successes) noexcept { left = successes; }
FailingNew::~FailingNew() { left = unlimited; }

}  // namespace perf_timer::test

void* operator new(std::size_t size) {
  if (left != unlimited && --left < 0) throw std::bad_alloc();
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
