//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

// In front of every file of this program (-include): the code under test, as it stands, finds
// atomics and mutexes whose operations are explored. First comes all of the standard library that
// it uses, which has its own.
#include "memory.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <concepts>
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace explored {

/// As large as `std::atomic`, and used in its place.
template <class T>
class Atomic {
 public:
  using value_type = T;
  static constexpr bool is_always_lock_free = true;

  constexpr Atomic() noexcept : Atomic(T{}) {}
  constexpr Atomic(T value) noexcept : value_(value) {
    if (!std::is_constant_evaluated()) construct(place());
  }
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  [[nodiscard]] T load(Order order = std::memory_order_seq_cst,
                       const Where& where = Where::current()) const noexcept {
    return value_of(explored::load(place(), order, where));
  }
  void store(T value, Order order = std::memory_order_seq_cst,
             const Where& where = Where::current()) noexcept {
    explored::store(place(), bits(value), order, where);
  }
  T exchange(T value, Order order = std::memory_order_seq_cst,
             const Where& where = Where::current()) noexcept {
    return change(Change::exchange, bits(value), order, where);
  }
  T fetch_add(T by, Order order = std::memory_order_seq_cst,
              const Where& where = Where::current()) noexcept {
    return change(Change::add, bits(by), order, where);
  }
  T fetch_sub(T by, Order order = std::memory_order_seq_cst,
              const Where& where = Where::current()) noexcept {
    return change(Change::subtract, bits(by), order, where);
  }
  T fetch_and(T by, Order order = std::memory_order_seq_cst,
              const Where& where = Where::current()) noexcept {
    return change(Change::bit_and, bits(by), order, where);
  }
  T fetch_or(T by, Order order = std::memory_order_seq_cst,
             const Where& where = Where::current()) noexcept {
    return change(Change::bit_or, bits(by), order, where);
  }
  bool compare_exchange_weak(T& expected, T desired, Order success, Order failure,
                             const Where& where = Where::current()) noexcept {
    return compare_exchange(expected, desired, success, failure, true, where);
  }
  bool compare_exchange_weak(T& expected, T desired, Order order = std::memory_order_seq_cst,
                             const Where& where = Where::current()) noexcept {
    return compare_exchange(expected, desired, order, if_it_fails(order), true, where);
  }
  bool compare_exchange_strong(T& expected, T desired, Order success, Order failure,
                               const Where& where = Where::current()) noexcept {
    return compare_exchange(expected, desired, success, failure, false, where);
  }
  bool compare_exchange_strong(T& expected, T desired, Order order = std::memory_order_seq_cst,
                               const Where& where = Where::current()) noexcept {
    return compare_exchange(expected, desired, order, if_it_fails(order), false, where);
  }
  void wait(T old, Order order = std::memory_order_seq_cst,
            const Where& where = Where::current()) const noexcept {
    explored::wait(place(), bits(old), order, where);
  }
  void notify_one(const Where& where = Where::current()) noexcept {
    explored::notify(place(), false, where);
  }
  void notify_all(const Where& where = Where::current()) noexcept {
    explored::notify(place(), true, where);
  }

  operator T() const noexcept { return load(); }
  T operator=(T value) noexcept {
    store(value);
    return value;
  }
  T operator++() noexcept { return static_cast<T>(fetch_add(1) + 1); }
  T operator++(int) noexcept { return fetch_add(1); }
  T operator--() noexcept { return static_cast<T>(fetch_sub(1) - 1); }
  T operator--(int) noexcept { return fetch_sub(1); }

 private:
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

  [[nodiscard]] Place place() const noexcept { return {const_cast<T*>(&value_), sizeof(T)}; }
  [[nodiscard]] static std::uint64_t bits(T value) noexcept {
    std::uint64_t result = 0;
    __builtin_memcpy(&result, &value, sizeof(T));
    return result;
  }
  [[nodiscard]] static T value_of(std::uint64_t bits) noexcept {
    T result;
    __builtin_memcpy(&result, &bits, sizeof(T));
    return result;
  }
  [[nodiscard]] static constexpr Order if_it_fails(Order order) noexcept {
    return order == std::memory_order_acq_rel   ? std::memory_order_acquire
           : order == std::memory_order_release ? std::memory_order_relaxed
                                                : order;
  }
  T change(Change how, std::uint64_t by, Order order, const Where& where) noexcept {
    return value_of(explored::change(place(), how, by, order, where));
  }
  bool compare_exchange(T& expected, T desired, Order success, Order failure, bool may_fail,
                        const Where& where) noexcept {
    std::uint64_t seen = bits(expected);
    const bool changed =
        explored::compare_exchange(place(), seen, bits(desired), success, failure, may_fail, where);
    if (!changed) expected = value_of(seen);
    return changed;
  }

  alignas(sizeof(T)) T value_;
};

class Mutex {
 public:
  constexpr Mutex() noexcept {
    if (!std::is_constant_evaluated()) construct_mutex(this);
  }
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;
  void lock() noexcept { explored::lock(this); }
  [[nodiscard]] bool try_lock() noexcept { return explored::try_lock(this); }
  void unlock() noexcept { explored::unlock(this); }

 private:
  void* unused_ = nullptr;
};

}  // namespace explored

namespace std {
template <class T>
using explored_atomic = explored::Atomic<T>;
using explored_mutex = explored::Mutex;
namespace explored_this_thread {
using explored::yield;
}
}  // namespace std

#define atomic explored_atomic
#define mutex explored_mutex
#define this_thread explored_this_thread
