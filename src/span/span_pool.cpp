//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/platform/thread_end.hpp>
#include <perf_timer/detail/span/span.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace span_pool {
namespace {

// With AddressSanitizer, a slab is one span, and goes back to the heap with it. Then a lock keeps
// whoever looks from whoever frees.
constexpr bool one_by_one = has_address_sanitizer;

template <class S>
struct alignas(64) Slab {
  static constexpr std::size_t size = one_by_one ? 1 : 4096 / sizeof(S) - 1;

  static constexpr std::size_t header = 64;

  Slab* next = nullptr;
  Slab* previous = nullptr;  // only if one by one
  std::array<S, size> spans{};

  [[nodiscard]] static Slab* of_first(S* span) noexcept {
    static_assert(sizeof(Slab) == header + sizeof(spans));
    return reinterpret_cast<Slab*>(reinterpret_cast<char*>(span) - header);
  }
};

constexpr std::size_t batch = 64;
constexpr std::size_t most_near = 2 * batch;

/// Free spans in a row, each the parent of the one before.
struct Chain {
  Span* first = nullptr;
  std::size_t length = 0;
};

/// All slabs, and the spans that threads have given back, in chains. Never destroyed, because
/// threads may end late.
template <class S>
class Depot {
 public:
  static Depot& instance() {
    alignas(Depot) static std::byte place[sizeof(Depot)];
    static Depot* const immortal = [] {
      const auto unlock = [] { instance().mutex_.unlock(); };
      at_fork([] { instance().mutex_.lock(); }, unlock, unlock);
      return new (place) Depot;
    }();
    return *immortal;
  }

  void put(Chain chain) noexcept {
    const std::lock_guard lock(mutex_);
    chain.first->depth = static_cast<std::int32_t>(chain.length);
    chain.first->next_chain = std::exchange(chains_, chain.first);
  }

  /// Returns spans that are free; none if there was no memory.
  [[nodiscard]] Chain take() noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (chains_) {
        Span* const first = std::exchange(chains_, chains_->next_chain);
        return {first, static_cast<std::size_t>(first->depth)};
      }
    }
    auto* const slab = new (std::nothrow) Slab<S>;
    if (!slab) return {};
    Chain chain;
    for (S& span : slab->spans) {
      span.parent = std::exchange(chain.first, &span);
      ++chain.length;
    }
    add(*slab);
    return chain;
  }

  void free_one_by_one(S* span) noexcept {
    Slab<S>* const slab = Slab<S>::of_first(span);
    {
      const std::lock_guard lock(mutex_);
      if (slab->previous)
        slab->previous->next = slab->next;
      else
        slabs_.store(slab->next, std::memory_order_relaxed);
      if (slab->next) slab->next->previous = slab->previous;
    }
    delete slab;
  }

  void for_each(void (*visit)(void*, const Span&), void* context) {
    std::unique_lock lock(mutex_, std::defer_lock);
    if (one_by_one) lock.lock();
    for (const Slab<S>* slab = slabs_.load(std::memory_order_acquire); slab; slab = slab->next)
      for (const S& span : slab->spans) visit(context, span);
  }

 private:
  void add(Slab<S>& slab) noexcept {
    const std::lock_guard lock(mutex_);
    slab.next = slabs_.load(std::memory_order_relaxed);  // only written under the lock
    if (one_by_one && slab.next) slab.next->previous = &slab;
    slabs_.store(&slab, std::memory_order_release);
  }

  std::mutex mutex_;
  std::atomic<Slab<S>*> slabs_{nullptr};
  Span* chains_ = nullptr;
};

enum class NearStage : unsigned char {
  unused,
  open,   // `close_near` will come; near spans and the room for more add up to most_near
  closed  // it has come; no span is near and there is no room, so the depot is used
};
template <class S>
PERF_TIMER_INITIAL_EXEC constinit thread_local NearStage near_stage = NearStage::unused;

template <class S>
void close_near(void* near_spans) noexcept {
  auto& near = *static_cast<NearSpans*>(near_spans);
  near_stage<S> = NearStage::closed;
  if (near.first) Depot<S>::instance().put({near.first, most_near - near.room});
  near = {};
}

/// Returns whether this thread keeps spans near.
template <class S>
[[nodiscard]] bool is_open(NearSpans& near) {
  if (one_by_one || near_stage<S> == NearStage::closed) return false;
  if (near_stage<S> == NearStage::unused) {
    if (!at_thread_end<close_near<S>>(&near)) return false;
    near_stage<S> = NearStage::open;
    near.room = most_near;
  }
  return true;
}

}  // namespace
}  // namespace span_pool

template <class S>
PERF_TIMER_COLD S* SpanPool<S>::make_slowly() noexcept {
  const bool open = span_pool::is_open<S>(near_);
  span_pool::Chain chain = span_pool::Depot<S>::instance().take();
  if (!chain.first) return nullptr;
  auto* const span = static_cast<S*>(std::exchange(chain.first, chain.first->parent));
  --chain.length;
  if (open)
    near_ = {chain.first, span_pool::most_near - chain.length};
  else if (chain.first)
    span_pool::Depot<S>::instance().put(chain);
  return span;
}

template <class S>
PERF_TIMER_COLD void SpanPool<S>::free_slowly(S* span) noexcept {
  if (span_pool::one_by_one) return span_pool::Depot<S>::instance().free_one_by_one(span);
  if (!span_pool::is_open<S>(near_)) {
    span->parent = nullptr;
    return span_pool::Depot<S>::instance().put({span, 1});
  }
  if (near_.room == 0) {
    span_pool::Chain away;
    for (; away.length != span_pool::batch; ++away.length) {
      Span* const next = std::exchange(near_.first, near_.first->parent);
      next->parent = std::exchange(away.first, next);
    }
    near_.room = span_pool::batch;
    span_pool::Depot<S>::instance().put(away);
  }
  free_here(span);
}

template <class S>
S* SpanPool<S>::make() noexcept {
  S* const span = make_here();
  if (span) span->open_idle(0);
  return span;
}

template <class S>
void SpanPool<S>::free(S* span) noexcept {
  free_here(span);
}

template <class S>
void SpanPool<S>::for_each(void (*visit)(void*, const Span&), void* context) {
  span_pool::Depot<S>::instance().for_each(visit, context);
}

template <class S>
constinit thread_local NearSpans SpanPool<S>::near_;

template class SpanPool<Span>;
template class SpanPool<ProcessorSpan>;

}  // namespace perf_timer::inline v0_1::detail
