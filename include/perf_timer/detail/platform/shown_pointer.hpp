//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(_MSC_VER) && !defined(__clang__)
#include <atomic>
#endif

namespace perf_timer::inline v0_1::detail {

/// A pointer that one thread uses like a plain one, and that any other thread may look at.
///
/// It isn't a `std::atomic`, because compilers load an atomic before they compare it, even for the
/// thread that alone writes it. Without this, each step would take 3 instructions more.
template <class T>
class ShownPointer {
 public:
  ShownPointer& operator=(T* pointer) noexcept {
#if defined(_MSC_VER) && !defined(__clang__)
    std::atomic_ref<T*>(pointer_).store(pointer, std::memory_order_release);
#else
    __atomic_store_n(&pointer_, pointer, __ATOMIC_RELEASE);
#endif
    return *this;
  }
  /// For the thread that writes it.
  operator T*() const noexcept { return pointer_; }
  T* operator->() const noexcept { return pointer_; }
  /// For any other.
  [[nodiscard]] T* seen() const noexcept {
#if defined(_MSC_VER) && !defined(__clang__)
    // What it refers to can't be const before C++26.
    return std::atomic_ref<T*>(const_cast<T*&>(pointer_)).load(std::memory_order_acquire);
#else
    return __atomic_load_n(&pointer_, __ATOMIC_ACQUIRE);
#endif
  }

 private:
  T* pointer_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
