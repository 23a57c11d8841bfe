//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/quiet_timer.hpp"
#include "common/world.hpp"
#include "random_programs/journal.hpp"
#include "random_programs/program_clock.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace perf_timer::test::random_programs {

using Time = std::int64_t;

struct TaskAccount;

/// What one run should show, and the timer that measures it.
struct RunAccount {
  enum class End : std::uint8_t { none, normal, failed, cancelled };

  std::size_t number = 0;
  QuietTimer<ProgramClock> timer{"run", 1};
  std::vector<RunAccount*> around;  ///< the runs that enclose it, outermost first
  TaskAccount* task = nullptr;      ///< the task in whose step it began
  bool opened = false;
  bool on_stack = false;  ///< it began outside of every step, in a function that can't be suspended
  End end = End::none;
  Time began = 0;
  Time ended = 0;
  Time busy = 0;
  Time cpu = 0;  ///< of `busy`: on a processor
  Time queued = 0;
  Time unseen = 0;       ///< what it executed itself where no executor was instrumented
  bool left = false;     ///< it was where no executor is instrumented, so it may be lost or partial
  bool told = false;     ///< `decorate` or `stop` tells its end, so it is never lost once it ended
  bool started = false;  ///< it is no scope, so it needs no step, and has no run around it
  bool unfollowed = false;  ///< it was decorated on a plain executor, so it must be partial
  /// It submitted to an erased strand, executed there, or was resumed by what comes from there. So
  /// it may be flagged (rule 8).
  bool near_erased = false;
  bool followed = false;        ///< it began in a coroutine that only a tracked program follows
  bool posted_to_busy = false;  ///< what it never waited for was queued in a busy erased strand
  bool in_busy = false;         ///< what it may have waited for was
  bool abandoned = false;       ///< who waited was destroyed, and the run ended with that
  Time at_most = 0;             ///< `busy`, and what executed inside it that the rules give others
  bool met_followed = false;    ///< some of it executed where only a tracked program follows
  bool met_task = false;        ///< some of it executed in a task's step

  [[nodiscard]] bool open() const { return end == End::none; }
  /// By the rules, all that executes in a step of a task is the task's. Where a tracked program
  /// follows a coroutine itself, that has its own time there, but not if it executes inline. So
  /// such a run may lack time, and never has more than `at_most`.
  [[nodiscard]] bool is_mixed() const { return met_followed && met_task; }
};

/// The open runs of a task, by the rules.
struct TaskAccount {
  RunAccount* innermost = nullptr;
};

/// A strand that is made of an instrumented executor, which is hidden in an `any_io_executor`.
struct StrandAccount {
  int functions = 0;  ///< those that were submitted, and didn't end yet; others must wait
  StrandAccount* below = nullptr;  ///< the strand in which its functions execute, if any

  void submitted() {
    for (StrandAccount* s = this; s; s = s->below) ++s->functions;
  }
  void ended() {
    for (StrandAccount* s = this; s; s = s->below) --s->functions;
  }
  [[nodiscard]] bool is_inside(const StrandAccount& other) const {
    return this == &other || (below && below->is_inside(other));
  }
};

/// A line of execution: a coroutine with the coroutines that it awaits, a branch, or a handler.
struct Actor {
  std::int64_t number = 0;          ///< in the order in which they are made
  std::vector<RunAccount*> runs;    ///< the runs on whose behalf it executes, outermost first
  std::vector<RunAccount*> own;     ///< the runs that it opened itself
  std::vector<RunAccount*> inside;  ///< the runs that it is inside of, whatever the rules say
  TaskAccount* task = nullptr;      ///< the task whose executor it runs on
  bool adrift = false;              ///< it left its task, or the instrumented executors
  bool at_home = false;             ///< its executor is a started run's, which it can't miss
  bool handler = false;             ///< it is a handler, which lives on the stack
  bool plain = false;               ///< on a plain executor: seen only until it suspends
  bool followed = false;            ///< the same in a tracked program
  bool erased = false;              ///< on an erased strand
  bool asks = false;                ///< its executor `asks_as_a_strand`
  std::size_t in = 0;               ///< the step in which it was last seen, plus one
  bool near_erased = false;         ///< it came from an erased strand
  bool unawaited = false;           ///< nobody waits for its end
  bool was_queued = false;          ///< it has waited in a busy erased strand
};

/// What a timer should show for the functions of an executor that it wraps.
struct WrapAccount {
  QuietTimer<ProgramClock> timer{"wrapped"};
  std::uint64_t runs = 0, failed = 0, dropped = 0;
  Time busy = 0, queued = 0, elapsed = 0;
  Time failed_busy = 0, failed_elapsed = 0;
};

/// What the ledger knows about an executor: its task or timer, and whether it is instrumented.
struct Executor {
  TaskAccount* task = nullptr;
  WrapAccount* wrap = nullptr;
  bool plain = false;
  bool followed = false;  ///< a plain one of a tracked program, in which each handler is a step
  bool around = false;    ///< the ledger's executor is around the instrumented one
  StrandAccount* strand = nullptr;  ///< if it is an erased strand
  bool of_a_run = false;            ///< the strand is made of a started run's executor
  bool instrumented_again = false;  ///< around the strand, so that all is known
  bool operator==(const Executor&) const = default;

  /// Returns whether the executor below sees only the strand's own functions.
  [[nodiscard]] bool hides() const { return strand && !instrumented_again; }
  /// Returns whether nobody sees the functions in the strand. In a tracked program, each is on
  /// behalf of who submitted it, which isn't right if the executor is a run's.
  [[nodiscard]] bool hides_functions() const { return hides() && (!is_tracked || of_a_run); }
  /// Returns whether the instrumented executor below is asked as an erased strand asks it, where an
  /// `any_io_executor` is made of this one. Nobody needs to know in a tracked program.
  [[nodiscard]] bool asks_as_a_strand() const { return !is_tracked && (hides() || around); }
};

/// The truth about a running program, kept without asking the library. The program itself says what
/// computes on behalf of which run. The executors below the instrumented ones report when a
/// function is submitted and when it starts.
class Ledger {
 public:
  /// A function on its way through an executor. One that ends without `start` was dropped.
  class Function {
   public:
    /// `how` says how it is submitted; it is only noted.
    Function(Ledger& ledger, const Executor& executor, int how);
    Function(Function&& other) noexcept;
    Function& operator=(Function&&) = delete;
    ~Function();

    void start();
    void finish(bool failed);

   private:
    friend Ledger;
    Ledger* ledger_;
    std::size_t index_;
    bool started_ = false;
  };

  /// Notes something that the program observes.
  void note(const char* what, std::int64_t who, std::int64_t value = 0) {
    journal_.note(what, now(), who, value);
  }
  [[nodiscard]] const Journal& journal() const { return journal_; }

  [[nodiscard]] static Time now() { return ProgramClock::now().time_since_epoch().count(); }

  /// An actor that starts on this executor, outside of every run.
  Actor& actor(const Executor& on);
  /// A branch of the parent.
  Actor& fork(const Actor& parent);
  /// An actor to which the parent gives work on this executor.
  Actor& fork(const Actor& parent, const Executor& on);
  TaskAccount& task() { return tasks_.emplace_back(); }
  WrapAccount& wrap() { return wraps_.emplace_back(); }
  StrandAccount& strand(StrandAccount* below = nullptr) { return strands_.emplace_back(0, below); }

  /// The function that executes now runs on behalf of the actor, and resumes it through an executor
  /// that only the waker asked for. If the waker was outside of every run, nothing can be known.
  void wakes_late(Actor& actor, bool woken_unseen);
  /// The function that executes now gives something to an erased strand, or may do so.
  void gives_unseen();
  /// The function that executes now asks the actor's executor for tracking.
  void asks(const Actor& actor);
  /// Whether the current function is outside of every instrumented executor and every run on the
  /// stack.
  [[nodiscard]] bool nobody_sees() const { return step() == none && scopes_ == 0; }
  /// Whether the current function is where only a tracked program follows.
  [[nodiscard]] bool is_followed_here() const;
  /// The actor executes now. Called first after anything that may have suspended it.
  void at(Actor& actor);
  void compute(Actor& actor, int n);

  [[nodiscard]] RunAccount& run();
  void open(Actor& actor, RunAccount& run);
  /// A started run, which is current nowhere.
  void start(Actor& actor, RunAccount& run);
  void stop(RunAccount& run, RunAccount::End end);
  /// The same, where the last coroutine that had it is destroyed.
  void abandon(RunAccount& run);
  /// An actor on an executor of a started run.
  Actor& on_behalf_of(RunAccount& run, const Executor& on);
  /// The run of a decorated awaitable whose coroutine is on a plain executor.
  void open_unfollowed(Actor& actor, RunAccount& run);
  void close(Actor& actor, RunAccount& run, RunAccount::End end);

  /// The differences between the ledger and the timers.
  [[nodiscard]] std::vector<std::string> differences();

  struct Totals {
    std::uint64_t exact = 0, partial = 0, lost = 0, failed = 0, forgotten = 0, wrapped = 0,
                  mixed = 0;
    // Of those that ended normally:
    std::uint64_t near_erased = 0, near_erased_exact = 0, followed = 0, followed_exact = 0;
  };
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  struct Wait {
    Time submitted = 0;
    Time started = -1;
    Time own = 0;
    bool from_outside = false;  // from outside of its executor's task
    bool known = false;         // whether an actor has executed in it
    bool counts = false;        // whether it is a step
    bool near_erased = false;   // it is an erased strand's, or comes from one
    bool in_queue = false;      // its erased strand was busy
    bool gave_unseen = false;   // inside an erased strand, such a one was given something unseen
    // The runs on whose behalf it ran. Until they are known, they are those of the submitter. That
    // matters for Asio's own functions, such as the one that ends a coroutine that was never
    // suspended.
    std::vector<RunAccount*> runs{};
    std::vector<RunAccount*> now{};  // the runs on whose behalf it executes at the moment
    Executor on{};
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t outside = none;

  /// The innermost function that an instrumented executor is executing.
  [[nodiscard]] std::size_t step() const;
  [[nodiscard]] bool is_outside(const TaskAccount* task) const;
  [[nodiscard]] static std::vector<RunAccount*> open_in(const TaskAccount& task);
  void step_of(Actor& actor, std::size_t step);
  void attribute(const Actor& actor);
  void meet_strand(Actor& actor);
  [[nodiscard]] bool is_inside(const StrandAccount& strand) const;
  static void find_again(Actor& actor, const TaskAccount& task);
  void queue_up(const Wait& wait, Time until);
  void check(RunAccount& run, std::vector<std::string>& found);
  [[nodiscard]] static bool names_the_strand(const TimerSnapshot& shown);
  void check(WrapAccount& wrap, std::vector<std::string>& found);

  Actor& new_actor();

  Journal journal_{now()};
  std::deque<Actor> actors_;
  std::deque<RunAccount> runs_;
  std::deque<TaskAccount> tasks_;
  std::deque<WrapAccount> wraps_;
  std::deque<StrandAccount> strands_;
  std::vector<Wait> functions_;
  std::vector<std::size_t> executing_;  // nested functions, outermost first
  int scopes_ = 0;                      // the number of runs on the stack
  Totals totals_;
};

}  // namespace perf_timer::test::random_programs
