//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/ledger.hpp"

#include <cstddef>
#include <memory>

namespace perf_timer::test::random_programs {

/// The allocator of one handler. It notes how often it is used. The sizes aren't noted, because a
/// handler that is measured is larger.
template <class T>
class TallyAllocator {
 public:
  using value_type = T;

  TallyAllocator(Ledger& ledger, const Actor& handler)
      : ledger_(&ledger), handler_(handler.number) {}
  template <class U>
  TallyAllocator(const TallyAllocator<U>& other)
      : ledger_(other.ledger_), handler_(other.handler_) {}

  [[nodiscard]] T* allocate(std::size_t n) const {
    ledger_->note("allocated", handler_);
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* memory, std::size_t n) const {
    ledger_->note("deallocated", handler_);
    std::allocator<T>().deallocate(memory, n);
  }

  template <class U>
  friend bool operator==(const TallyAllocator& a, const TallyAllocator<U>& b) {
    return a.handler_ == b.handler_;
  }

 private:
  template <class>
  friend class TallyAllocator;

  Ledger* ledger_;
  std::int64_t handler_;
};

}  // namespace perf_timer::test::random_programs
