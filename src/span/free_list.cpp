//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/span/free_list.hpp>

#include <mutex>
#include <utility>

#include <pthread.h>

namespace perf_timer::detail {
namespace {

struct Block {
  Block* next;
};

struct Chain {
  Block* first = nullptr;
  std::size_t length = 0;

  void push(Block* block) noexcept {
    block->next = std::exchange(first, block);
    ++length;
  }
  Block* pop() noexcept {
    --length;
    return std::exchange(first, first->next);
  }
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool recycles = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool recycles = false;
#else
constexpr bool recycles = true;
#endif
#else
constexpr bool recycles = true;
#endif

constexpr std::size_t batch = 64;

constexpr std::align_val_t alignment{64};

void to_heap(void* block) noexcept { ::operator delete(block, alignment); }

/// What threads have given back of one size, in chains. Never destroyed, as threads may end late.
class Depot {
 public:
  void put(Chain chain) noexcept {
    const std::lock_guard lock(mutex_);
    if (count_ == most) {
      while (chain.length != 0) to_heap(chain.pop());
      return;
    }
    chains_[count_++] = chain;
  }
  Chain take() noexcept {
    const std::lock_guard lock(mutex_);
    return count_ == 0 ? Chain{} : chains_[--count_];
  }

  /// Around a fork, so that no other thread has the lock then.
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
    ::pthread_atfork([] { depot<Size>().lock(); }, unlock, unlock);
    return new (place) Depot;
  }();
  return *immortal;
}

/// A thread's list is trivially destructible, so that it works to the very end of the thread: after
/// `Farewell` it holds nothing, and blocks come from the heap and go back there.
struct ThreadList {
  Chain near;           // at most 2 * batch blocks
  bool open = false;    // Farewell will come
  bool closed = false;  // Farewell has been
};
template <std::size_t Size>
[[gnu::tls_model("initial-exec")]] constinit thread_local ThreadList mine;

template <std::size_t Size>
struct Farewell {
  ~Farewell() {
    ThreadList& list = mine<Size>;
    list.closed = true;
    list.open = false;
    if (list.near.length != 0) depot<Size>().put(std::exchange(list.near, {}));
  }
};

template <std::size_t Size>
void open() {
  static thread_local const Farewell<Size> farewell;
  static_cast<void>(farewell);
  mine<Size>.open = true;
}

template <std::size_t Size>
[[gnu::cold, gnu::noinline]] void* allocate_slowly() {
  ThreadList& list = mine<Size>;
  if (!list.closed) {
    if (!list.open) open<Size>();
    list.near = depot<Size>().take();
    if (list.near.length != 0) return list.near.pop();
  }
  return ::operator new(Size, alignment);
}

template <std::size_t Size>
[[gnu::cold, gnu::noinline]] void deallocate_slowly(Block* block) noexcept {
  ThreadList& list = mine<Size>;
  if (list.closed) {
    to_heap(block);
    return;
  }
  if (!list.open) open<Size>();
  if (list.near.length == 2 * batch) {
    Chain away;
    while (away.length != batch) away.push(list.near.pop());
    depot<Size>().put(away);
  }
  list.near.push(block);
}

}  // namespace

template <std::size_t BlockSize>
void* FreeListOf<BlockSize>::allocate() {
  if constexpr (!recycles) return ::operator new(BlockSize, alignment);
  ThreadList& list = mine<BlockSize>;
  if (list.near.length != 0) [[likely]]
    return list.near.pop();
  return allocate_slowly<BlockSize>();
}

template <std::size_t BlockSize>
void FreeListOf<BlockSize>::deallocate(void* block) noexcept {
  if constexpr (!recycles) return to_heap(block);
  auto* const freed = static_cast<Block*>(block);
  ThreadList& list = mine<BlockSize>;
  if (list.open && list.near.length < 2 * batch) [[likely]]
    list.near.push(freed);
  else
    deallocate_slowly<BlockSize>(freed);
}

template class FreeListOf<64>;
template class FreeListOf<512>;

}  // namespace perf_timer::detail
