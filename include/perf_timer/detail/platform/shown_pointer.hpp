//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

namespace perf_timer::inline v0_1::detail {

/// A pointer that one thread uses like a plain one, and that any other thread may look at.
///
/// It isn't a `std::atomic`, because compilers load an atomic before they compare it, even for the
/// thread that alone writes it. Without this, each step would take 3 instructions more.
template <class T>
class ShownPointer {
 public:
  ShownPointer& operator=(T* pointer) noexcept {
    __atomic_store_n(&pointer_, pointer, __ATOMIC_RELEASE);
    return *this;
  }
  /// For the thread that writes it.
  operator T*() const noexcept { return pointer_; }
  T* operator->() const noexcept { return pointer_; }
  /// For any other.
  [[nodiscard]] T* seen() const noexcept { return __atomic_load_n(&pointer_, __ATOMIC_ACQUIRE); }

 private:
  T* pointer_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
