//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

// Nothing of the standard library but what it needs: it is included in front of everything.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <source_location>

/// What stands behind `std::atomic` and `std::mutex` while orders of memory are explored. Outside
/// of an execution they are plain values. The file knows nothing of the checker that is used.
namespace explored {

using Order = std::memory_order;
using Where = std::source_location;

/// An atomic: `size` bytes there. Values are zero-extended.
struct Place {
  void* at;
  unsigned size;
};

enum class Change : unsigned char { exchange, add, subtract, bit_and, bit_or };

void construct(Place place) noexcept;
[[nodiscard]] std::uint64_t load(Place place, Order order, const Where& where) noexcept;
void store(Place place, std::uint64_t value, Order order, const Where& where) noexcept;
std::uint64_t change(Place place, Change how, std::uint64_t by, Order order,
                     const Where& where) noexcept;
bool compare_exchange(Place place, std::uint64_t& expected, std::uint64_t desired, Order success,
                      Order failure, bool may_fail, const Where& where) noexcept;
void wait(Place place, std::uint64_t old, Order order, const Where& where) noexcept;
void notify(Place place, bool all, const Where& where) noexcept;

void construct_mutex(void* mutex) noexcept;
void lock(void* mutex) noexcept;
[[nodiscard]] bool try_lock(void* mutex) noexcept;
void unlock(void* mutex) noexcept;
void yield() noexcept;

/// A plain access: the compiler calls it wherever the code under test reads or writes memory.
void plain_access(const void* at, std::size_t size, bool writes, const void* code) noexcept;
/// Memory that the code under test takes and gives back.
void taken(void* block, std::size_t size) noexcept;
/// Returns whether the block is kept until the execution is over, so that it isn't used again.
[[nodiscard]] bool given_back(void* block) noexcept;
/// Of a `thread_local` object.
void at_thread_end(void (*destroy)(void*), void* object) noexcept;

}  // namespace explored
