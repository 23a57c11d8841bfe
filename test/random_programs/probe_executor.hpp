//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/ledger.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <utility>

namespace perf_timer::test::random_programs {

/// An executor below an instrumented one, around a strand of one, or in place of a plain one. It
/// tells the ledger when a function is submitted, starts and ends.
class ProbeExecutor {
 public:
  ProbeExecutor(asio::any_io_executor inner, Ledger& ledger, Executor about)
      : inner_(std::move(inner)), ledger_(&ledger), about_(about) {}

  [[nodiscard]] bool plain() const noexcept { return about_.plain; }

  template <class Property>
    requires asio::can_query<const asio::any_io_executor&, Property>::value
  decltype(auto) query(const Property& property) const {
    return asio::query(inner_, property);
  }
  template <class Property>
    requires asio::can_require<const asio::any_io_executor&, Property>::value
  ProbeExecutor require(const Property& property) const {
    return {asio::require(inner_, property), *ledger_, about_};
  }
  template <class Property>
    requires asio::can_prefer<const asio::any_io_executor&, Property>::value
  ProbeExecutor prefer(const Property& property) const {
    return {asio::prefer(inner_, property), *ledger_, about_};
  }

  template <class Function>
  void execute(Function&& function) const {
    inner_.execute(
        Probed<std::decay_t<Function>>{std::forward<Function>(function), {*ledger_, about_}});
  }

  friend bool operator==(const ProbeExecutor& a, const ProbeExecutor& b) noexcept {
    return a.inner_ == b.inner_ && a.about_ == b.about_;
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

  asio::any_io_executor inner_;
  Ledger* ledger_;
  Executor about_;
};

}  // namespace perf_timer::test::random_programs
