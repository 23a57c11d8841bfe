//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/platform/thread_end.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>

#include "labels_depot.hpp"

#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Chain {
  FreeBlock* first = nullptr;
  std::size_t length = 0;
};

// Under a sanitizer every block comes from the heap, so that leaks and uses after free are seen.
constexpr bool recycles = !has_address_sanitizer && !has_thread_sanitizer;

constexpr std::size_t batch = 64;

constexpr std::align_val_t block_alignment{64};

void to_heap(void* block) noexcept { ::operator delete(block, block_alignment); }

/// Blocks of one size that threads have given back, in chains. Never destroyed, because threads may
/// end late.
class Depot {
 public:
  void put(Chain chain) noexcept {
    const std::lock_guard lock(mutex_);
    if (count_ == most) {
      while (chain.first) to_heap(std::exchange(chain.first, chain.first->next));
      return;
    }
    chains_[count_++] = chain;
  }
  Chain take() noexcept {
    const std::lock_guard lock(mutex_);
    return count_ == 0 ? Chain{} : chains_[--count_];
  }

  /// Called around a fork, so that no other thread holds the lock then.
  void lock() noexcept { mutex_.lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  static constexpr std::size_t most = 1024;
  std::mutex mutex_;
  Chain chains_[most];
  std::size_t count_ = 0;
};

template <std::size_t Size>
Depot& depot() {
  alignas(Depot) static std::byte place[sizeof(Depot)];
  static Depot* const immortal = [] {
    const auto unlock = [] { depot<Size>().unlock(); };
    at_fork([] { depot<Size>().lock(); }, unlock, unlock);
    return new (place) Depot;
  }();
  return *immortal;
}

enum class NearStage : unsigned char {
  unused,
  open,   // `close_near` will come; near blocks and the room for more add up to most_near
  closed  // it has come; no block is near and there is no room, so the heap is used
};
template <std::size_t Size>
PERF_TIMER_INITIAL_EXEC constinit thread_local NearStage near_stage = NearStage::unused;

constexpr std::size_t most_near = 2 * batch;

template <std::size_t Size>
void close_near(void* near_blocks) noexcept {
  auto& near = *static_cast<NearBlocks*>(near_blocks);
  near_stage<Size> = NearStage::closed;
  if (near.first) depot<Size>().put({near.first, most_near - near.room});
  near = {};
}

/// Returns whether this thread keeps blocks near.
template <std::size_t Size>
[[nodiscard]] bool is_open(NearBlocks& near) {
  if (!recycles || near_stage<Size> == NearStage::closed) return false;
  if (near_stage<Size> == NearStage::unused) {
    if (!at_thread_end<close_near<Size>>(&near)) return false;
    near_stage<Size> = NearStage::open;
    near.room = most_near;
  }
  return true;
}

}  // namespace

void make_labels_depot() noexcept { depot<LabelsFreeList::block_size>(); }

template <std::size_t BlockSize>
PERF_TIMER_COLD void* FreeListOf<BlockSize>::allocate_slowly() {
  if (is_open<BlockSize>(near_)) {
    const Chain chain = depot<BlockSize>().take();
    near_ = {chain.first, most_near - chain.length};
    if (chain.first) return near_.pop();
  }
  return ::operator new(BlockSize, block_alignment);
}

template <std::size_t BlockSize>
PERF_TIMER_COLD void FreeListOf<BlockSize>::deallocate_slowly(void* block) noexcept {
  if (!is_open<BlockSize>(near_)) return to_heap(block);
  if (near_.room == 0) {
    Chain away;
    for (; away.length != batch; ++away.length) {
      FreeBlock* const next = near_.pop();
      next->next = std::exchange(away.first, next);
    }
    depot<BlockSize>().put(away);
  }
  near_.push(static_cast<FreeBlock*>(block));
}

template <std::size_t BlockSize>
void* FreeListOf<BlockSize>::allocate() {
  return allocate_here();
}

template <std::size_t BlockSize>
void FreeListOf<BlockSize>::deallocate(void* block) noexcept {
  deallocate_here(block);
}

template <std::size_t BlockSize>
constinit thread_local NearBlocks FreeListOf<BlockSize>::near_;

template class FreeListOf<64>;
template class FreeListOf<192>;
template class FreeListOf<512>;

}  // namespace perf_timer::inline v0_1::detail
