//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/span/free_list.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace perf_timer::detail {

/// Holds a wrapped executor in the size of a pointer, so that a `PerfExecutor` is no larger than
/// what `any_io_executor` holds without the heap (24 bytes). What doesn't fit, such as a strand,
/// lives in a recycled block that copies share.
template <class Executor>
class InnerExecutor {
  static constexpr bool fits = sizeof(Executor) <= sizeof(void*) &&
                               std::is_nothrow_copy_constructible_v<Executor> &&
                               std::is_nothrow_move_constructible_v<Executor>;

  struct Direct {
    Executor executor;
    explicit Direct(Executor e) noexcept : executor(std::move(e)) {}
  };

  struct Block {
    std::atomic<std::uint32_t> references{1};
    const Executor executor;
    explicit Block(Executor e) noexcept : executor(std::move(e)) {}

    static constexpr bool recycled = sizeof(Executor) + alignof(Executor) <= FreeList::block_size &&
                                     alignof(Executor) <= alignof(std::max_align_t);
    static void* operator new(std::size_t size) {
      return recycled ? FreeList::allocate() : ::operator new(size);
    }
    static void operator delete(void* block) noexcept {
      recycled ? FreeList::deallocate(block) : ::operator delete(block);
    }
  };

  class Shared {
   public:
    explicit Shared(Executor e) : block_(new Block(std::move(e))) {}
    Shared(const Shared& other) noexcept : block_(other.block_) {
      if (block_) block_->references.fetch_add(1, std::memory_order_relaxed);
    }
    Shared(Shared&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    Shared& operator=(Shared other) noexcept {
      std::swap(block_, other.block_);
      return *this;
    }
    ~Shared() {
      if (block_ && block_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete block_;
    }
    [[nodiscard]] const Executor& get() const noexcept { return block_->executor; }

   private:
    Block* block_;  // null once moved from
  };

 public:
  explicit InnerExecutor(Executor executor) noexcept(fits) : held_(std::move(executor)) {}

  [[nodiscard]] const Executor& get() const noexcept {
    if constexpr (fits)
      return held_.executor;
    else
      return held_.get();
  }

 private:
  std::conditional_t<fits, Direct, Shared> held_;
};

}  // namespace perf_timer::detail
