//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

struct FreeBlock {
  FreeBlock* next;
};

/// A thread's own free blocks. Trivially destructible, so that it works to the very end of the
/// thread.
struct NearBlocks {
  FreeBlock* first = nullptr;
  std::size_t room = 0;  ///< how many more may be pushed

  void push(FreeBlock* block) noexcept {
    block->next = std::exchange(first, block);
    --room;
  }
  [[nodiscard]] FreeBlock* pop() noexcept {
    ++room;
    return std::exchange(first, first->next);
  }
};

/// Recycles blocks of one size that are allocated and freed all the time, on any thread. It looks
/// in the calling thread's own list first, then in lists that other threads have filled, and only
/// then on the heap.
///
/// `allocate` throws std::bad_alloc; `deallocate` never fails. Blocks are aligned to 64 bytes, and
/// go back to the heap when too many are idle. Under a sanitizer every block comes from the heap,
/// so that leaks and uses after free are seen.
template <std::size_t BlockSize>
class PERF_TIMER_EXPORT FreeListOf {
 public:
  static constexpr std::size_t block_size = BlockSize;

  [[nodiscard]] static void* allocate();
  static void deallocate(void* block) noexcept;

  /// The same, inlined. Only functions that aren't inlined may call these; `thread_state_of` says
  /// why.
  [[nodiscard]] static void* allocate_here() {
    if (near_.first) [[likely]]
      return near_.pop();
    return allocate_slowly();
  }
  static void deallocate_here(void* block) noexcept {
    if (near_.room != 0) [[likely]]
      near_.push(static_cast<FreeBlock*>(block));
    else
      deallocate_slowly(block);
  }

 private:
  [[nodiscard]] static void* allocate_slowly();
  static void deallocate_slowly(void* block) noexcept;

  PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC static constinit thread_local NearBlocks near_;
};

using FreeList = FreeListOf<64>;         ///< captures, tasks, bindings
using FrameFreeList = FreeListOf<512>;   ///< frames of this library's own coroutines
using LabelsFreeList = FreeListOf<192>;  ///< labels of runs

extern template class FreeListOf<64>;
extern template class FreeListOf<192>;
extern template class FreeListOf<512>;

/// Base of types whose objects live in such blocks.
template <class Derived>
class Recycled {
 public:
  static void* operator new(std::size_t size) {
    static_assert(sizeof(Derived) <= FreeList::block_size &&
                  alignof(Derived) <= FreeList::block_size);
    static_cast<void>(size);
    return FreeList::allocate();
  }
  static void operator delete(void* block) noexcept { FreeList::deallocate(block); }

  static void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    try {
      return operator new(size);
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }
  static void operator delete(void* block, const std::nothrow_t&) noexcept {
    FreeList::deallocate(block);
  }
};

}  // namespace perf_timer::inline v0_1::detail
