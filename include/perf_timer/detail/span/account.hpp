//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Time charged to one span, by any number of threads at once. The layout is the same for all
/// clocks. What the word means depends on the clock, as the two `AccountOps` say.
///
/// Whoever ends the run comes after all that was charged, by what brought it there, but for threads
/// that come or go at that very moment. These are told by reading the words around the clock, with
/// acquire (`AccountsBefore`, `see_run`). So threads come and go with release: whoever sees that a
/// function executes sees that it doesn't wait any more. The other accesses are relaxed, because
/// what they charge or read is ordered by what brought the thread there.
struct Account {
  std::atomic<std::uint64_t> word{0};
};

/// For a clock that all threads share, an account is a sum and the number of threads that are in.
/// The sum is that of the readings at which threads left, less that of the readings at which
/// threads entered:
///
///     time(now) = sum + threads * now
///
/// The time up to any moment is exact, including that of threads that are still in. Both parts
/// share one word, so that they change together: 10 bits of threads, and 54 bits of nanoseconds
/// modulo 2^54. So an account can hold 104 days.
template <bool Shared>
struct AccountOps {
  static constexpr int shift = 10;
  static constexpr std::uint64_t threads_mask = (std::uint64_t{1} << shift) - 1;

  /// A thread that sees this many entries backs out, with the same reading. The other half is for
  /// threads that are about to see it.
  static constexpr std::uint64_t most_threads = (threads_mask + 1) / 2;

  [[nodiscard]] static constexpr std::uint64_t entered(Ticks now) noexcept {
    return std::uint64_t{1} - (static_cast<std::uint64_t>(now) << shift);
  }

  /// A duration of this length or more can't be told from a shorter one.
  static constexpr Ticks too_long = Ticks{1} << (63 - shift);

  /// Returns how many threads were in before.
  static std::uint64_t enter(Account& account, Ticks now,
                             std::memory_order order = std::memory_order_release) noexcept {
    return account.word.fetch_add(entered(now), order) & threads_mask;
  }
  static void leave(Account& account, Ticks now,
                    std::memory_order order = std::memory_order_release) noexcept {
    account.word.fetch_sub(entered(now), order);
  }
  static void charge(Account& account, Ticks amount) noexcept {
    account.word.fetch_add(static_cast<std::uint64_t>(amount) << shift, std::memory_order_relaxed);
  }
  [[nodiscard]] static std::uint64_t threads(const Account& account) noexcept {
    return account.word.load(std::memory_order_relaxed) & threads_mask;
  }
  [[nodiscard]] static Ticks read(const Account& account, Ticks now) noexcept {
    const std::uint64_t word = account.word.load(std::memory_order_relaxed);
    const std::uint64_t threads = word & threads_mask;
    const std::uint64_t sum =
        word - threads + ((threads * static_cast<std::uint64_t>(now)) << shift);
    return static_cast<Ticks>(sum) >> shift;
  }
};

/// For a clock whose readings mean something on one thread only, an account is the sum of what was
/// charged to it. Time is charged at every switch, when an executor captures, and when a function
/// is submitted: after that, another thread may end the run.
template <>
struct AccountOps<false> {
  static void enter(Account&, Ticks) noexcept {}
  static void leave(Account&, Ticks) noexcept {}
  static void charge(Account& account, Ticks amount) noexcept {
    account.word.fetch_add(static_cast<std::uint64_t>(amount), std::memory_order_relaxed);
  }
  [[nodiscard]] static std::uint64_t threads(const Account&) noexcept { return 0; }
  [[nodiscard]] static Ticks read(const Account& account, Ticks) noexcept {
    return static_cast<Ticks>(account.word.load(std::memory_order_relaxed));
  }
};

}  // namespace perf_timer::inline v0_1::detail
