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

void* from_heap() {
  return ::operator new (FreeList::block_size, std::align_val_t{FreeList::block_size});
}

void to_heap(void* block) noexcept {
  ::operator delete (block, std::align_val_t{FreeList::block_size});
}

/// What threads have given back, in chains. Never destroyed, as threads may end late.
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

Depot& depot() {
  alignas(Depot) static std::byte place[sizeof(Depot)];
  static Depot* const immortal = [] {
    const auto unlock = [] { depot().unlock(); };
    ::pthread_atfork([] { depot().lock(); }, unlock, unlock);
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
[[gnu::tls_model("initial-exec")]] constinit thread_local ThreadList mine;

struct Farewell {
  ~Farewell() {
    mine.closed = true;
    mine.open = false;
    if (mine.near.length != 0) depot().put(std::exchange(mine.near, {}));
  }
};

void open() {
  static thread_local const Farewell farewell;
  static_cast<void>(farewell);
  mine.open = true;
}

[[gnu::cold, gnu::noinline]] void* allocate_slowly() {
  if (!mine.closed) {
    if (!mine.open) open();
    mine.near = depot().take();
    if (mine.near.length != 0) return mine.near.pop();
  }
  return from_heap();
}

[[gnu::cold, gnu::noinline]] void deallocate_slowly(Block* block) noexcept {
  if (mine.closed) {
    to_heap(block);
    return;
  }
  if (!mine.open) open();
  if (mine.near.length == 2 * batch) {
    Chain away;
    while (away.length != batch) away.push(mine.near.pop());
    depot().put(away);
  }
  mine.near.push(block);
}

}  // namespace

void* FreeList::allocate() {
  if constexpr (!recycles) return from_heap();
  if (mine.near.length != 0) [[likely]]
    return mine.near.pop();
  return allocate_slowly();
}

void FreeList::deallocate(void* block) noexcept {
  if constexpr (!recycles) return to_heap(block);
  auto* const freed = static_cast<Block*>(block);
  if (mine.open && mine.near.length < 2 * batch) [[likely]]
    mine.near.push(freed);
  else
    deallocate_slowly(freed);
}

}  // namespace perf_timer::detail
