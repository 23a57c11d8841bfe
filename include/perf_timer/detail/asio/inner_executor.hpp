//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/asio/waits.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(blocking.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(prefer_only.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(relationship.hpp)
#include PERF_TIMER_ASIO_HEADER(prefer.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The bit of a property that most executors take on without changing their type; 0 for any other
/// property. Bits of one group exclude each other.
template <class Property>
inline constexpr unsigned property_bits = 0;
template <class Property>
inline constexpr unsigned property_bits<asio::execution::prefer_only<Property>> =
    property_bits<Property>;
template <>
inline constexpr unsigned property_bits<asio::execution::blocking_t::possibly_t> = 1;
template <>
inline constexpr unsigned property_bits<asio::execution::blocking_t::never_t> = 2;
template <>
inline constexpr unsigned property_bits<asio::execution::relationship_t::fork_t> = 4;
template <>
inline constexpr unsigned property_bits<asio::execution::relationship_t::continuation_t> = 8;

inline constexpr unsigned blocking_bits = 3, relationship_bits = 12;

/// Holds a wrapped executor in the size of a pointer. So a `PerfExecutor` is no larger than what
/// `any_io_executor` holds without the heap (24 bytes).
template <class Executor>
class InnerExecutor {
 public:
  InnerExecutor(Executor executor, const void*) noexcept : executor_(std::move(executor)) {}

  [[nodiscard]] WaitOf<Executor> wait() const noexcept { return WaitOf<Executor>(nullptr); }

  [[nodiscard]] const Executor& get() const noexcept { return executor_; }
  [[nodiscard]] const Executor& base() const noexcept { return executor_; }
  void use(auto action) const { action(executor_); }
  template <class Property>
  [[nodiscard]] decltype(auto) query(const Property& property) const {
    return asio::query(executor_, property);
  }

  template <class Property>
  static constexpr bool remembers = false;

  friend bool operator==(const InnerExecutor& a, const InnerExecutor& b) noexcept {
    return a.executor_ == b.executor_;
  }

 private:
  Executor executor_;
};

/// Holds an executor that doesn't fit, such as a strand, in a recycled block that copies share.
/// Taking on a property would need another block, and Asio asks for two or three properties for
/// each function that is submitted. So they are remembered beside the pointer, and applied when the
/// executor is used.
template <class Executor>
  requires(sizeof(Executor) > sizeof(void*) || !std::is_nothrow_copy_constructible_v<Executor> ||
           !std::is_nothrow_move_constructible_v<Executor>)
class InnerExecutor<Executor> {
  template <class Property>
  static constexpr bool can_remember() {
    // A property that can fail must fail when it is asked for.
    if constexpr (asio::can_prefer<const Executor&, Property>::value &&
                  (is_plain<Executor> || asio::is_nothrow_prefer<const Executor&, Property>::value))
      return std::same_as<Executor,
                          std::decay_t<decltype(asio::prefer(std::declval<const Executor&>(),
                                                             std::declval<const Property&>()))>>;
    return false;
  }

 public:
  /// `clock` is what the time of a strand is told by.
  InnerExecutor(Executor executor, const void* clock)
      : bits_(reinterpret_cast<std::uintptr_t>(new Block(std::move(executor), clock))) {}
  InnerExecutor(const InnerExecutor& other) noexcept : bits_(other.bits_) {
    if (bits_ != 0) block().references.fetch_add(1, std::memory_order_relaxed);
  }
  InnerExecutor(InnerExecutor&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  InnerExecutor& operator=(InnerExecutor other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~InnerExecutor() {
    if (bits_ != 0 && block().references.fetch_sub(1, std::memory_order_acq_rel) == 1)
      delete &block();
  }

  /// Returns the executor with the properties that it has taken on.
  [[nodiscard]] Executor get() const {
    using Blocking = asio::execution::blocking_t;
    switch (bits_ & blocking_bits) {
      case property_bits<Blocking::possibly_t>:
        return related(with<Blocking::possibly_t>(base()));
      case property_bits<Blocking::never_t>:
        return related(with<Blocking::never_t>(base()));
      default:
        return related(base());
    }
  }

  /// Calls `action(executor)` with that executor. It is at hand with the properties that `dispatch`
  /// and `post` ask for.
  void use(auto action) const {
    if ((bits_ & all_bits) == 0) return action(base());
    if constexpr (keeps_posting)
      if ((bits_ & all_bits) == posting_bits) return action(block().posting);
    action(get());
  }

  /// An `any_io_executor` asks each executor that is put into it whether it blocks, so that is
  /// answered from the bits.
  template <class Property>
  [[nodiscard]] decltype(auto) query(const Property& property) const {
    using Blocking = asio::execution::blocking_t;
    if constexpr (is_plain<Executor> && std::same_as<Property, Blocking>) {
      switch (bits_ & blocking_bits) {
        case property_bits<Blocking::possibly_t>:
          return Blocking(Blocking::possibly_t());
        case property_bits<Blocking::never_t>:
          return Blocking(Blocking::never_t());
        default:
          return Blocking(asio::query(base(), property));
      }
    } else if constexpr (std::is_reference_v<decltype(asio::query(base(), property))>) {
      return asio::query(base(), property);
    } else {
      return asio::query(get(), property);
    }
  }

  /// Returns how a function waits that is submitted now.
  [[nodiscard]] WaitOf<Executor> wait() const noexcept {
    if constexpr (is_strand_of_context<Executor>)
      return wait_for(block().time, block().executor);
    else
      return WaitOf<Executor>(nullptr);
  }

  /// Returns the executor without the properties, for what doesn't depend on them.
  [[nodiscard]] const Executor& base() const noexcept { return block().executor; }

  /// Whether `remember` can replace `require` and `prefer`.
  template <class Property>
  static constexpr bool remembers = property_bits<Property> != 0 && can_remember<Property>();

  template <class Property>
  void remember() noexcept {
    constexpr std::uintptr_t bits = property_bits<Property>;
    constexpr std::uintptr_t group = bits <= blocking_bits ? blocking_bits : relationship_bits;
    bits_ = (bits_ & ~group) | bits;
  }

  friend bool operator==(const InnerExecutor& a, const InnerExecutor& b) noexcept {
    if (a.bits_ == b.bits_) return true;
    const bool as_they_are = ((a.bits_ ^ b.bits_) & all_bits) == 0;
    return as_they_are ? a.base() == b.base() : a.get() == b.get();
  }

 private:
  static constexpr std::uintptr_t all_bits = blocking_bits | relationship_bits;

  using Never = asio::execution::blocking_t::never_t;
  using Fork = asio::execution::relationship_t::fork_t;
  static constexpr std::uintptr_t posting_bits = property_bits<Never> | property_bits<Fork>;
  static constexpr bool keeps_posting = remembers<Never> && remembers<Fork>;
  struct None {
    explicit None(const Executor&) noexcept {}
  };
  using Posting = std::conditional_t<keeps_posting, Executor, None>;

  struct NoTime {
    NoTime(Executor&, const void*) noexcept {}
  };
  struct TimeOfStrand {
    TimeOfStrand(Executor& strand, const void* clock)
        : time(detail::time_of_strand(strand, clock)) {}
    TimedStateOf<Executor>* const time;  // null if there is none
  };
  using Time = std::conditional_t<is_strand_of_context<Executor>, TimeOfStrand, NoTime>;

  struct alignas(all_bits + 1) Block : Time {
    std::atomic<std::uint32_t> references{1};
    const Executor executor;
    const Posting posting;
    // The time comes first, because it may change the executor.
    Block(Executor e, const void* clock)
        : Time(e, clock), executor(std::move(e)), posting(with<Fork>(with<Never>(executor))) {}

    static constexpr std::size_t before = (std::is_empty_v<Time> ? 0 : sizeof(Time));
    static constexpr bool recycled =
        before + sizeof(Executor) + sizeof(Posting) + alignof(Executor) <= FreeList::block_size &&
        alignof(Executor) <= alignof(std::max_align_t);
    // The alignment makes room for the bits. On a 32-bit processor, it is more than that of `new`.
    static constexpr std::align_val_t alignment{all_bits + 1};
    static void* operator new(std::size_t size) {
      return recycled ? FreeList::allocate() : ::operator new(size, alignment);
    }
    static void operator delete(void* block) noexcept {
      recycled ? FreeList::deallocate(block) : ::operator delete(block, alignment);
    }
  };
  static_assert(alignof(Block) <= FreeList::block_size);
  static_assert(!Block::recycled || sizeof(Block) <= FreeList::block_size);

  [[nodiscard]] Block& block() const noexcept {
    return *reinterpret_cast<Block*>(bits_ & ~all_bits);
  }

  template <class Property, class E>
  [[nodiscard]] static decltype(auto) with(E&& executor) {
    if constexpr (remembers<Property>)
      return asio::prefer(std::forward<E>(executor), Property());
    else
      return std::forward<E>(executor);
  }
  template <class E>
  [[nodiscard]] Executor related(E&& executor) const {
    using Relationship = asio::execution::relationship_t;
    switch (bits_ & relationship_bits) {
      case property_bits<Relationship::fork_t>:
        return with<Relationship::fork_t>(std::forward<E>(executor));
      case property_bits<Relationship::continuation_t>:
        return with<Relationship::continuation_t>(std::forward<E>(executor));
      default:
        return std::forward<E>(executor);
    }
  }

  std::uintptr_t bits_ = 0;  // a pointer to the block (null once moved from) and the properties
};

}  // namespace perf_timer::inline v0_1::detail
