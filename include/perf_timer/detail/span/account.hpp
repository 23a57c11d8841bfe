//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Time charged to one span, by any number of threads at once. How it is kept depends on the clock,
/// but not its layout; `AccountOps` are the two ways.
struct Account {
  std::atomic<std::uint64_t> word{0};
};

/// For a clock that all threads share, an account is a sum of readings, those at which a thread
/// left less those at which one entered, and next to it the number of threads that are in:
///
///     time(now) = sum + threads * now
///
/// so the time up to any moment is exact, that of threads which are still at it included. Both
/// parts share one word, that they may change together: 10 bits of threads, 54 bits of nanoseconds
/// modulo 2^54, which bounds what one account can hold to 104 days.
template <bool Shared>
struct AccountOps {
  static constexpr int shift = 10;
  static constexpr std::uint64_t threads_mask = (std::uint64_t{1} << shift) - 1;

  /// Who enters and finds as many before must leave again, with the same reading. The other half is
  /// for those who are about to find out.
  static constexpr std::uint64_t most_threads = (threads_mask + 1) / 2;

  [[nodiscard]] static constexpr std::uint64_t entered(Ticks now) noexcept {
    return std::uint64_t{1} - (static_cast<std::uint64_t>(now) << shift);
  }

  /// What takes as long or longer can't be told from something shorter.
  static constexpr Ticks too_long = Ticks{1} << (63 - shift);

  /// Returns how many were in before.
  static std::uint64_t enter(Account& account, Ticks now) noexcept {
    return account.word.fetch_add(entered(now), std::memory_order_relaxed) & threads_mask;
  }
  static void leave(Account& account, Ticks now) noexcept {
    account.word.fetch_sub(entered(now), std::memory_order_relaxed);
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

/// For a clock of which a thread knows only its own readings, an account is what has been charged
/// to it: at every switch, when an executor captures and when a function is submitted, for by then
/// another thread may be the one that ends the run.
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
