//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/account.hpp>
#include <perf_timer/detail/span/step.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// How long functions of a strand have executed, on one wall clock. A function that reads it when
/// it is submitted, and again when it starts, knows for how much of its wait another function held
/// the strand. For the rest the strand was free, and no thread executed it.
///
/// Only the function that the strand executes writes, so that no write is an atomic
/// read-modify-write. Any thread reads.
class PERF_TIMER_EXPORT StrandTime {
 public:
  /// A sum of time held, as an account's word without its threads. Zero isn't any.
  using Held = std::uint64_t;
  static constexpr Held unknown = 0;
  /// Of a function that is queued behind all that isn't seen: what comes after it is known.
  static constexpr Held last_unknown = 1;

  [[nodiscard]] std::uint64_t word() const noexcept {
    return account_.word.load(std::memory_order_acquire);
  }
  /// Returns how long the strand had been held at that time, according to a word of then.
  [[nodiscard]] static Held held(std::uint64_t word, Ticks at) noexcept {
    const std::uint64_t holders = word & Ops::threads_mask;
    return word - holders + ((holders * static_cast<std::uint64_t>(at)) << Ops::shift);
  }

  /// For a function of the strand that starts: returns whether it runs inline inside another one,
  /// which goes on holding the strand.
  [[nodiscard]] bool is_held() const noexcept { return is_held(own_word()); }
  [[nodiscard]] static bool is_held(std::uint64_t word) noexcept {
    return (word & Ops::threads_mask) != 0;
  }
  /// It starts.
  void enter(Ticks at) noexcept { write(own_word() + Ops::entered(at)); }
  /// It ends.
  void leave(Ticks at) noexcept { write(own_word() - Ops::entered(at)); }

  /// A function ends of which it isn't known when it started. What waited meanwhile can't tell how
  /// long the strand was held. One more nanosecond tells it from what is submitted afterwards.
  void leave_unseen() noexcept {
    const std::uint64_t word = own_word();
    unseen_.store(word, std::memory_order_relaxed);
    write(word + (Held{1} << Ops::shift));
  }

  /// For the function that executes on the strand, if it isn't known when it started: from now on
  /// it is known that it holds the strand.
  void enter_late(Ticks at) noexcept {
    leave_unseen();
    enter(at);
  }

  /// Returns whether all that executes on the strand is seen. Relaxed: a function that starts comes
  /// after whatever said otherwise before it was submitted.
  [[nodiscard]] bool sees_all() const noexcept {
    return sight_.load(std::memory_order_relaxed) == Sight::all;
  }
  /// Says that nobody can use the strand unseen any more, and nothing waits in it unseen.
  void will_see_all() noexcept {
    Sight before = Sight::not_all;
    sight_.compare_exchange_strong(before, Sight::all, std::memory_order_relaxed);
  }
  /// Says that somebody can use the strand unseen, from now on for ever.
  void give_up() noexcept { sight_.store(Sight::given_up, std::memory_order_relaxed); }

  /// For a function that starts: returns how long the strand was held since it `was`. Negative if
  /// that isn't known.
  [[nodiscard]] Ticks held_since(Held was, Ticks at) const noexcept {
    if (was <= last_unknown || !sees_all()) return -1;
    if (difference(unseen_.load(std::memory_order_relaxed), was) >= 0) return -1;
    return difference(held(word(), at), was);
  }

 private:
  using Ops = AccountOps<true>;
  enum class Sight : unsigned char { not_all, all, given_up };

  [[nodiscard]] static Ticks difference(Held later, Held earlier) noexcept {
    return static_cast<Ticks>(later - earlier) >> Ops::shift;
  }
  // Relaxed: only the function that holds the strand writes, and the strand orders its functions.
  [[nodiscard]] std::uint64_t own_word() const noexcept {
    return account_.word.load(std::memory_order_relaxed);
  }
  void write(std::uint64_t word) noexcept { account_.word.store(word, std::memory_order_release); }

  Account account_{.word{Held{1} << Ops::shift}};
  std::atomic<Held> unseen_{0};  // how long it was held when the last unseen function ended
  std::atomic<Sight> sight_{Sight::not_all};
};

/// How a function waits that is submitted to a strand, or to an executor of which nothing is known.
class StrandWait {
 public:
  /// Before the function's time of submission is read. Null if the strand has no time.
  explicit StrandWait(StrandTime* strand) noexcept
      : strand_(strand), held_(strand ? strand->word() : 0) {}
  /// Before the same. `inside`: the function that the strand executes submits it. If that is on
  /// nobody's behalf, it begins to matter here.
  StrandWait(StrandTime& strand, StrandTime::Held word, bool inside) noexcept
      : strand_(&strand), held_(inside ? word | from_inside : word) {}
  /// Of a strand in which something may execute unseen.
  StrandWait(StrandTime& strand, bool is_the_last) noexcept
      : strand_(&strand), held_(is_the_last ? StrandTime::last_unknown : StrandTime::unknown) {}

  /// It was submitted at that time. Nobody can tell if something started or ended in between.
  void submitted(Ticks at) noexcept {
    if (!strand_ || held_ <= StrandTime::last_unknown) return;
    if ((held_ & from_inside) == from_inside) [[unlikely]]
      return submitted_inside(at);
    held_ = strand_->word() == held_ ? StrandTime::held(held_, at) : StrandTime::unknown;
  }

  [[nodiscard]] StrandTime* strand() const noexcept { return strand_; }
  [[nodiscard]] StrandTime::Held held() const noexcept { return held_; }

 private:
  /// More holders than there can be.
  static constexpr std::uint64_t from_inside = AccountOps<true>::threads_mask;

  PERF_TIMER_NOINLINE void submitted_inside(Ticks at) noexcept {
    held_ -= from_inside;
    if (at == 0) return;  // nobody asks
    strand_->enter_late(at);
    held_ = StrandTime::held(strand_->word(), at);
  }

  StrandTime* strand_;  // what the strand's functions run in keeps it alive
  StrandTime::Held held_;
};

/// A step of such a function: tells the strand when it is held, and the runs on whose behalf the
/// function waited how much of that the strand was. Made when the step has begun.
template <class Clock>
class PERF_TIMER_EXPORT StrandTurn {
 public:
  PERF_TIMER_NOINLINE StrandTurn(const StrandWait& wait, const Step<Clock>& step) noexcept;
  StrandTurn(const StrandTurn&) = delete;
  StrandTurn& operator=(const StrandTurn&) = delete;
  ~StrandTurn() = default;

  static constexpr bool has_end = true;  ///< `end` must be called

  /// The step has ended.
  void end(const Step<Clock>& step) noexcept {
    if (!strand_) return;
    if (!entered_ && step.ended_elsewhere()) {
      strand_->give_up();  // another function may hold the strand
    } else if (entered_ || strand_->is_held()) {
      const Ticks at = step.last_reading();
      strand_->leave(at != no_reading ? at : now<Wall>());
    } else {
      strand_->leave_unseen();
    }
  }

  /// Returns whether it knows more of the function's own run.
  [[nodiscard]] bool knows_more() const noexcept { return (held_ | unsplit_) != 0; }
  void describe(RunDetails& details) const noexcept {
    details.held = held_;
    details.unsplit = unsplit_;
  }

 private:
  using Wall = wall_clock_of<Clock>;

  PERF_TIMER_NOINLINE void tell_runs(Ticks submitted) const noexcept;

  StrandTime* strand_;  // null if it isn't known, or is held already
  Ticks held_ = 0;      // of its wait
  Ticks unsplit_ = 0;   // its wait, if it isn't known how much of it the strand was held
  bool entered_ = false;
};

template <class Clock>
StrandTurn<Clock>::StrandTurn(const StrandWait& wait, const Step<Clock>& step) noexcept
    : strand_(wait.strand()) {
  const Ticks at = step.last_reading();
  if (wait.held() == StrandTime::last_unknown) strand_->will_see_all();
  const Ticks held = strand_ && at != no_reading ? strand_->held_since(wait.held(), at) : -1;
  if (strand_ && strand_->is_held()) {
    strand_ = nullptr;
  } else if (strand_ && at != no_reading) {
    strand_->enter(at);
    entered_ = true;
  }
  const Ticks waited = step.waited();
  if (waited <= 0) return;
  if (held < 0 || held > waited)
    unsplit_ = waited;
  else
    held_ = held;
  if ((held_ | unsplit_) != 0 && !step.is_layer()) tell_runs(at - waited);
}

/// A run that was opened in a task while the function waited has waited for a part of that only.
template <class Clock>
void StrandTurn<Clock>::tell_runs(Ticks submitted) const noexcept {
  for (Span* s = thread_state<Clock>().current; s; s = s->parent) {
    if (unsplit_ != 0 || s->opened > submitted)
      s->unsplit.store(true, std::memory_order_relaxed);
    else
      AccountOps<false>::charge(s->held, held_);
  }
}

// The default clock's instance is compiled into the library.
extern template class StrandTurn<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
