//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/ledger.hpp"
#include "random_programs/tally_allocator.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace perf_timer::test::random_programs {

/// An executor below an instrumented one, around a strand of one, or in place of a plain one. It
/// tells the ledger when a function is submitted, starts and ends. As Asio's own executors do, it
/// allocates with a handler's allocator if it is given that.
class ProbeExecutor {
 public:
  ProbeExecutor(asio::any_io_executor inner, Ledger& ledger, Executor about)
      : inner_(std::move(inner)), ledger_(&ledger), about_(about) {}

  [[nodiscard]] const Executor& about() const noexcept { return about_; }

  template <class Property>
    requires asio::can_query<const asio::any_io_executor&, Property>::value
  decltype(auto) query(const Property& property) const {
    return asio::query(inner_, property);
  }
  template <class Property>
    requires asio::can_require<const asio::any_io_executor&, Property>::value
  ProbeExecutor require(const Property& property) const {
    return with<Property>(asio::require(inner_, property));
  }
  template <class Property>
    requires asio::can_prefer<const asio::any_io_executor&, Property>::value
  ProbeExecutor prefer(const Property& property) const {
    return with<Property>(asio::prefer(inner_, property));
  }
  ProbeExecutor require(const asio::execution::allocator_t<TallyAllocator<void>>& property) const {
    ProbeExecutor changed(*this);
    changed.allocator_ = property.value();
    return changed;
  }

  template <class Function>
  void execute(Function&& function) const {
    Probed<std::decay_t<Function>> probed{std::forward<Function>(function),
                                          {*ledger_, about_, how_}};
    if (allocator_)
      inner_.execute(Allocated(std::move(probed), *allocator_));
    else
      inner_.execute(std::move(probed));
  }

  /// As in a program without instrumented executors, what executes elsewhere than it is measured
  /// doesn't count.
  friend bool operator==(const ProbeExecutor& a, const ProbeExecutor& b) noexcept {
    return a.inner_ == b.inner_;
  }
  friend bool operator!=(const ProbeExecutor& a, const ProbeExecutor& b) noexcept {
    return !(a == b);
  }

 private:
  template <class F>
  struct Probed {
    F function;
    Ledger::Function account;

    void operator()() {
      account.start();
      try {
        F moved(std::move(function));
        moved();
      } catch (...) {
        account.finish(true);
        throw;
      }
      account.finish(false);
    }
  };

  /// A function in memory of its handler's allocator, which is given back before the function is
  /// called.
  template <class F>
  class Allocated {
   public:
    Allocated(F function, const TallyAllocator<F>& allocator)
        : allocator_(allocator), function_(allocator_.allocate(1)) {
      std::construct_at(function_, std::move(function));
    }
    Allocated(Allocated&& other) noexcept
        : allocator_(other.allocator_), function_(std::exchange(other.function_, nullptr)) {}
    Allocated& operator=(Allocated&&) = delete;
    ~Allocated() { free(); }

    void operator()() {
      F function(std::move(*function_));
      free();
      function();
    }

   private:
    void free() noexcept {
      if (!function_) return;
      std::destroy_at(function_);
      allocator_.deallocate(std::exchange(function_, nullptr), 1);
    }

    TallyAllocator<F> allocator_;
    F* function_;
  };
  template <class F>
  Allocated(F, TallyAllocator<void>) -> Allocated<F>;

  // How functions are submitted, two bits each.
  template <class Property>
  static constexpr int blocking = 0;
  template <class Property>
  static constexpr int relationship = 0;

  template <class Property>
  [[nodiscard]] ProbeExecutor with(asio::any_io_executor inner) const {
    ProbeExecutor changed(*this);
    changed.inner_ = std::move(inner);
    if constexpr (blocking<Property> != 0) changed.how_ = (how_ & ~3) | blocking<Property>;
    if constexpr (relationship<Property> != 0)
      changed.how_ = (how_ & 3) | (relationship<Property> << 2);
    return changed;
  }

  asio::any_io_executor inner_;
  Ledger* ledger_;
  Executor about_;
  int how_ = 0;
  std::optional<TallyAllocator<void>> allocator_;
};

template <>
inline constexpr int ProbeExecutor::blocking<asio::execution::blocking_t::never_t> = 1;
template <>
inline constexpr int ProbeExecutor::blocking<asio::execution::blocking_t::possibly_t> = 2;
template <>
inline constexpr int
    ProbeExecutor::blocking<asio::execution::prefer_only<asio::execution::blocking_t::possibly_t>> =
        2;
template <>
inline constexpr int ProbeExecutor::relationship<asio::execution::relationship_t::fork_t> = 1;
template <>
inline constexpr int ProbeExecutor::relationship<
    asio::execution::prefer_only<asio::execution::relationship_t::fork_t>> = 1;
template <>
inline constexpr int ProbeExecutor::relationship<asio::execution::relationship_t::continuation_t> =
    2;
template <>
inline constexpr int ProbeExecutor::relationship<
    asio::execution::prefer_only<asio::execution::relationship_t::continuation_t>> = 2;

}  // namespace perf_timer::test::random_programs
