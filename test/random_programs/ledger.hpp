//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace perf_timer::test::random_programs {

using Time = std::int64_t;

struct TaskAccount;

/// What one run should show, and the timer that has measured it.
struct RunAccount {
  enum class End : std::uint8_t { none, normal, failed, cancelled };

  std::size_t number = 0;
  QuietTimer<ManualClock> timer{"run"};
  std::vector<RunAccount*> around;  ///< the runs that it is part of, outermost first
  TaskAccount* task = nullptr;      ///< in whose step it began
  bool opened = false;
  bool on_stack = false;  ///< outside of every step, in a function that can't be suspended
  End end = End::none;
  Time began = 0;
  Time ended = 0;
  Time busy = 0;
  Time queued = 0;
  Time unseen = 0;    ///< of what it executed itself, where no executor could tell
  bool left = false;  ///< it was where nobody follows: it may be lost

  [[nodiscard]] bool open() const { return end == End::none; }
};

/// What a task has open, as the seven rules define it.
struct TaskAccount {
  RunAccount* innermost = nullptr;
};

/// A line of execution: a coroutine with those that it awaits, a branch, a handler.
struct Actor {
  std::vector<RunAccount*> runs;  ///< on whose behalf it executes, outermost first
  std::vector<RunAccount*> own;   ///< those that it has open itself, seen there or not
  TaskAccount* task = nullptr;    ///< whose executor it runs on
  bool adrift = false;            ///< it has left its task, or been where nobody follows
  bool handler = false;           ///< it lives on the stack
  bool plain = false;             ///< its executor is: between two suspensions only can it be seen
  bool covered = false;           ///< on a plain executor, but decorated there
  std::size_t in = 0;             ///< the step in which it was seen last, and one
};

/// What a timer should show for the functions of an executor that it wraps.
struct WrapAccount {
  QuietTimer<ManualClock> timer{"wrapped"};
  std::uint64_t runs = 0, failed = 0, dropped = 0;
  Time busy = 0, queued = 0, elapsed = 0;
};

/// What the ledger knows about an executor: to whom it belongs, and whether it is instrumented.
struct Executor {
  TaskAccount* task = nullptr;
  WrapAccount* wrap = nullptr;
  bool plain = false;
  bool operator==(const Executor&) const = default;
};

/// The truth about a program that runs, kept by the program itself: who computes on whose behalf is
/// said by who computes. The library is asked for nothing. The executors below it say when a
/// function is submitted and when it starts.
class Ledger {
 public:
  /// A function on its way through an executor. Ends as it is told, or is dropped.
  class Function {
   public:
    Function(Ledger& ledger, const Executor& executor);
    Function(Function&& other) noexcept;
    Function& operator=(Function&&) = delete;
    ~Function();

    void start();
    void finish(bool failed) noexcept;

   private:
    friend Ledger;
    Ledger* ledger_;
    std::size_t index_;
    bool started_ = false;
  };

  [[nodiscard]] static Time now() { return ManualClock::now().time_since_epoch().count(); }

  /// One that starts on this executor outside of everything.
  Actor& actor(const Executor& on);
  /// A branch.
  Actor& fork(const Actor& parent);
  /// One that is given something to do on this executor.
  Actor& fork(const Actor& parent, const Executor& on);
  TaskAccount& task() { return tasks_.emplace_back(); }
  WrapAccount& wrap() { return wraps_.emplace_back(); }

  /// What follows is decorated, and so a task of its own if the actor is on a plain executor.
  /// Returns what `covered` was.
  bool cover(Actor& actor, bool plain);
  /// It is back, in the task's last step.
  void uncover(Actor& actor, bool covered);
  /// The function that executes now is on behalf of the actor, and resumes it through an executor
  /// that was asked for only by who woke it: if that was outside of everything, nobody can tell.
  void wakes_late(Actor& actor, bool woken_unseen);
  /// Whether neither an instrumented executor nor a run on the stack is around.
  [[nodiscard]] bool nobody_sees() const { return step() == none && scopes_ == 0; }
  /// The actor executes now; called first thing after anything that could have suspended it.
  void at(Actor& actor);
  void compute(Actor& actor, int n);

  [[nodiscard]] RunAccount& run();
  void open(Actor& actor, RunAccount& run);
  void close(Actor& actor, RunAccount& run, RunAccount::End end);

  /// Says what differs; empty if nothing does.
  [[nodiscard]] std::vector<std::string> differences();

  struct Totals {
    std::uint64_t exact = 0, lost = 0, failed = 0, forgotten = 0, wrapped = 0;
  };
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  struct Wait {
    Time submitted = 0;
    Time started = -1;
    Time own = 0;
    bool known = false;   // who executed in it first
    bool counts = false;  // it is a step
    // On whose behalf it ran. Until that is known, it is a matter of who submitted it: functions of
    // Asio's own, such as the one that ends a coroutine which was never suspended.
    std::vector<RunAccount*> runs{};
    std::vector<RunAccount*> now{};  // on whose behalf it executes at the moment
    Executor on{};
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t outside = none;

  /// The innermost function that an instrumented executor executes.
  [[nodiscard]] std::size_t step() const;
  void step_of(Actor& actor, std::size_t step);
  void attribute(const Actor& actor);
  static void find_again(Actor& actor, const TaskAccount& task);
  void queue_up(const Wait& wait, Time until);
  void check(RunAccount& run, std::vector<std::string>& found);
  void check(WrapAccount& wrap, std::vector<std::string>& found);

  std::deque<Actor> actors_;
  std::deque<RunAccount> runs_;
  std::deque<TaskAccount> tasks_;
  std::deque<WrapAccount> wraps_;
  std::vector<Wait> functions_;
  std::vector<std::size_t> executing_;  // functions inside one another
  int scopes_ = 0;                      // runs on the stack
  Totals totals_;
};

}  // namespace perf_timer::test::random_programs
