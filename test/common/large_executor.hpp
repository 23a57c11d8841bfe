//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <array>
#include <utility>

namespace perf_timer::test {

/// Somebody's executor around another one. It is so large that the copies of an `any_io_executor`
/// share it.
template <class Inner>
class LargeExecutor {
 public:
  explicit LargeExecutor(Inner inner) : inner_(std::move(inner)) {}

  template <class Property>
    requires asio::can_query<const Inner&, Property>::value
  decltype(auto) query(const Property& property) const {
    return asio::query(inner_, property);
  }
  template <class Property>
    requires asio::can_require<const Inner&, Property>::value
  auto require(const Property& property) const {
    return of(asio::require(inner_, property));
  }
  template <class Property>
    requires asio::can_prefer<const Inner&, Property>::value
  auto prefer(const Property& property) const {
    return of(asio::prefer(inner_, property));
  }
  template <class Function>
  void execute(Function&& function) const {
    inner_.execute(std::forward<Function>(function));
  }

  friend bool operator==(const LargeExecutor& a, const LargeExecutor& b) noexcept {
    return a.inner_ == b.inner_;
  }
  friend bool operator!=(const LargeExecutor& a, const LargeExecutor& b) noexcept {
    return !(a == b);
  }

 private:
  template <class Other>
  static LargeExecutor<Other> of(Other inner) {
    return LargeExecutor<Other>(std::move(inner));
  }

  Inner inner_;
  std::array<void*, 3> its_own_{};
};

}  // namespace perf_timer::test
