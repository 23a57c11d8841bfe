//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/ledger.hpp"

#include <perf_timer/detail/span/strand_questions.hpp>

#include "common/asio_has.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <utility>

namespace perf_timer::test::random_programs {
namespace {

/// Whether a run is flagged if it gives a function to a busy erased strand that may execute it at
/// once, as `dispatch` and `co_spawn` do, and never waits for it. If it isn't, such a run may have
/// less time than the truth, and never more.
constexpr bool who_dispatches_to_a_busy_strand_is_flagged = false;

}  // namespace

Ledger::Function::Function(Ledger& ledger, const Executor& executor, int how)
    : ledger_(&ledger), index_(ledger.functions_.size()) {
  Wait wait{.submitted = now(), .counts = !executor.plain, .on = executor};
  wait.near_erased = executor.hides_functions();
  if (!ledger.executing_.empty()) {
    const Wait& by = ledger.functions_[ledger.executing_.back()];
    wait.runs = wait.now = by.now;
    wait.near_erased |= by.near_erased;
    for (auto* const run : wait.runs) run->near_erased |= wait.near_erased;
  }
  if (executor.asks_as_a_strand()) ledger.gives_unseen();
  const bool may_block = (how & 3) != 1;
  if (executor.strand) {
    wait.in_queue = executor.strand->functions > 0 && executor.hides() && may_block;
    executor.strand->submitted();
  }
  wait.from_outside = ledger.is_outside(executor.task);
  ledger.functions_.push_back(std::move(wait));
  ledger.note("submitted", static_cast<std::int64_t>(index_), how);
}

Ledger::Function::Function(Function&& other) noexcept
    : ledger_(std::exchange(other.ledger_, nullptr)),
      index_(other.index_),
      started_(other.started_) {}

Ledger::Function::~Function() {
  if (!ledger_ || started_) return;
  ledger_->note("dropped", static_cast<std::int64_t>(index_));
  const Executor& on = ledger_->functions_[index_].on;
  if (on.wrap) ++on.wrap->dropped;
  if (on.strand) on.strand->ended();
}

void Ledger::Function::start() {
  started_ = true;
  ledger_->note("started", static_cast<std::int64_t>(index_));
  Wait& wait = ledger_->functions_[index_];
  wait.started = now();
  if (wait.from_outside) wait.runs = wait.now = open_in(*wait.on.task);
  // Inside a function of the strand, it executes inline, and no instrumented executor is told.
  if (wait.on.hides() && ledger_->is_inside(*wait.on.strand)) wait.counts = false;
  ledger_->executing_.push_back(index_);
}

void Ledger::Function::finish(bool failed) {
  ledger_->note(failed ? "failed" : "finished", static_cast<std::int64_t>(index_));
  ledger_->executing_.pop_back();
  const Wait& wait = ledger_->functions_[index_];
  if (wait.on.strand) wait.on.strand->ended();
  auto* const wrap = wait.on.wrap;
  if (!wrap) return;
  if (failed) {
    ++wrap->failed;
    wrap->failed_busy += wait.own;
    wrap->failed_elapsed += now() - wait.submitted;
    return;
  }
  ++wrap->runs;
  wrap->busy += wait.own;
  wrap->queued += wait.started - wait.submitted;
  wrap->elapsed += now() - wait.submitted;
}

Actor& Ledger::new_actor() {
  Actor& actor = actors_.emplace_back();
  actor.number = static_cast<std::int64_t>(actors_.size());
  return actor;
}

Actor& Ledger::actor(const Executor& on) {
  Actor& actor = new_actor();
  actor.task = on.task;
  actor.plain = on.plain;
  actor.followed = on.followed || (is_tracked && on.hides());
  actor.erased = on.hides_functions();
  actor.asks = on.asks_as_a_strand();
  actor.adrift = on.task != nullptr;  // the task's open runs are looked up when the function starts
  return actor;
}

Actor& Ledger::fork(const Actor& parent) {
  Actor& actor = new_actor();
  actor.runs = parent.runs;
  actor.inside = parent.inside;
  actor.task = parent.task;
  actor.adrift = parent.adrift;
  actor.plain = parent.plain;
  actor.followed = parent.followed;
  actor.erased = parent.erased;
  actor.asks = parent.asks;
  actor.at_home = parent.at_home;
  actor.near_erased = parent.near_erased;
  actor.unawaited = parent.unawaited;
  actor.was_queued = parent.was_queued;
  return actor;
}

Actor& Ledger::fork(const Actor& parent, const Executor& on) {
  Actor& actor = this->actor(on);
  actor.inside = parent.inside;
  actor.near_erased = parent.near_erased;
  actor.unawaited = parent.unawaited;
  actor.was_queued = parent.was_queued;
  if (is_outside(on.task)) return actor;  // rule 6
  actor.runs = parent.runs;
  actor.adrift = false;
  if (on.plain && step() != none) actor.in = step() + 1;  // run inline, it is in the same step
  return actor;
}

bool Ledger::is_outside(const TaskAccount* task) const {
  return task && (step() == none || functions_[step()].on.task != task);
}

std::vector<RunAccount*> Ledger::open_in(const TaskAccount& task) {
  std::vector<RunAccount*> runs;
  if (task.innermost) {
    runs = task.innermost->around;
    runs.push_back(task.innermost);
  }
  return runs;
}

void Ledger::find_again(Actor& actor, const TaskAccount& task) {
  actor.runs = open_in(task);
  for (auto* const run : actor.own)
    if (std::find(actor.runs.begin(), actor.runs.end(), run) == actor.runs.end()) run->left = true;
}

std::size_t Ledger::step() const {
  const auto found = std::find_if(executing_.rbegin(), executing_.rend(),
                                  [this](std::size_t f) { return functions_[f].counts; });
  return found == executing_.rend() ? none : *found;
}

bool Ledger::is_followed_here() const {
  if (executing_.empty()) return false;
  const Executor& here = functions_[executing_.back()].on;
  return here.followed || (is_tracked && here.hides());
}

void Ledger::at(Actor& actor) {
  for (auto* const run : actor.inside) {
    if (!run->open()) continue;
    run->met_followed |= is_followed_here();
    run->met_task |= step() != none && functions_[step()].on.task;
  }
  meet_strand(actor);
  if (step() != none) {
    step_of(actor, step());
  } else if (scopes_ == 0) {
    if (!actor.handler || actor.in != outside) actor.runs.clear();
    actor.in = outside;
    actor.adrift = true;
    if (!actor.handler)
      for (auto* const run : actor.own) run->left = true;
    if (!executing_.empty()) functions_[executing_.back()].now.clear();
    return;
  }
  attribute(actor);
  meet_strand(actor);
}

/// What has to do with an erased strand spreads: to whoever executes there, to the runs on whose
/// behalf it executes, and to what it submits.
void Ledger::meet_strand(Actor& actor) {
  if (executing_.empty()) return;
  Wait& function = functions_[executing_.back()];
  function.near_erased |= actor.near_erased;
  if (!function.near_erased) return;
  actor.near_erased = true;
  actor.was_queued |= function.in_queue;
  for (auto* const run : actor.own) run->near_erased = true;
  for (auto* const run : actor.runs) {
    run->near_erased = true;
    const bool owns = std::find(actor.own.begin(), actor.own.end(), run) != actor.own.end();
    if (!actor.was_queued || owns) continue;
    run->in_busy = true;
    run->posted_to_busy |= actor.unawaited;
  }
}

bool Ledger::is_inside(const StrandAccount& strand) const {
  return std::any_of(executing_.begin(), executing_.end(), [&](std::size_t f) {
    const StrandAccount* const in = functions_[f].on.strand;
    return in && in->is_inside(strand);
  });
}

void Ledger::step_of(Actor& actor, std::size_t step) {
  if (std::exchange(actor.in, step + 1) == step + 1) return;
  TaskAccount* const here = functions_[step].on.task;
  if (here && here == actor.task) {
    if (std::exchange(actor.adrift, false)) find_again(actor, *here);
  } else if (here || actor.task) {  // outside of its task, or in another one's step
    if (here) find_again(actor, *here);
    actor.adrift = true;
    for (auto* const run : actor.own) run->left = true;
  }
}

void Ledger::compute(Actor& actor, int n) {
  at(actor);
  const int on_a_processor = n - n / 3;
  for (auto* const run : actor.runs) {
    if (!run->open()) continue;
    run->busy += n;
    run->at_most += n;
    run->cpu += on_a_processor;
  }
  for (auto* const run : actor.inside)
    if (run->open() && std::find(actor.runs.begin(), actor.runs.end(), run) == actor.runs.end())
      run->at_most += n;
  for (auto* const run : actor.own)
    if (run->open() && std::find(actor.runs.begin(), actor.runs.end(), run) == actor.runs.end())
      run->unseen += n;
  for (auto f = executing_.rbegin(); f != executing_.rend(); ++f) {
    functions_[*f].own += n;
    if (functions_[*f].counts && !functions_[*f].on.followed)
      break;  // a function that runs inline on a plain executor is part of the step
  }
  ManualClock::advance(n);
  ManualClock::processor_clock::advance(on_a_processor);
}

void Ledger::wakes_late(Actor& actor, bool woken_unseen) {
  attribute(actor);
  if (!woken_unseen || actor.at_home) return;
  actor.runs.clear();
  for (auto* const run : actor.own) run->left = true;
  if (actor.task) actor.adrift = true;
}

/// Inside an erased strand, nothing tells whether what is given executes at once, and when it is
/// suspended. So a run that is opened in that step later may be flagged, whoever opens it.
void Ledger::gives_unseen() {
  const bool inside = std::any_of(executing_.begin(), executing_.end(),
                                  [this](std::size_t f) { return functions_[f].on.strand; });
  if (inside && step() != none) functions_[step()].gave_unseen = true;
}

void Ledger::asks(const Actor& actor) {
  if (actor.asks) gives_unseen();
  if (!actor.erased || executing_.empty()) return;
  for (auto* const run : functions_[executing_.back()].now) run->near_erased = true;
}

RunAccount& Ledger::run() {
  RunAccount& run = runs_.emplace_back();
  run.number = runs_.size();
  return run;
}

void Ledger::open(Actor& actor, RunAccount& run) {
  at(actor);
  run.opened = true;
  run.near_erased = actor.near_erased || (step() != none && functions_[step()].gave_unseen);
  run.followed = actor.followed && !actor.handler;
  run.began = now();
  run.around = actor.runs;
  actor.own.push_back(&run);
  actor.inside.push_back(&run);
  run.met_followed = is_followed_here();
  run.met_task = step() != none && functions_[step()].on.task;
  if (nobody_sees() && !actor.handler) {
    run.left = true;
    return;
  }
  actor.runs.push_back(&run);
  run.left = actor.plain && !actor.handler;
  if (step() == none) {
    run.on_stack = true;
    ++scopes_;
    return;
  }
  if (auto* const task = functions_[step()].on.task) {
    run.task = task;
    task->innermost = &run;
  }
}

void Ledger::start(Actor& actor, RunAccount& run) {
  at(actor);
  run.opened = run.started = run.told = true;
  run.began = now();
}

void Ledger::stop(RunAccount& run, RunAccount::End end) {
  run.end = end;
  run.ended = now();
}

void Ledger::abandon(RunAccount& run) {
  stop(run, RunAccount::End::normal);
  run.abandoned = true;
}

Actor& Ledger::on_behalf_of(RunAccount& run, const Executor& on) {
  Actor& actor = new_actor();
  actor.erased = on.hides_functions();
  actor.asks = on.asks_as_a_strand();
  actor.followed = is_tracked && on.hides();
  actor.runs.push_back(&run);
  actor.inside.push_back(&run);
  actor.at_home = true;
  return actor;
}

void Ledger::open_unfollowed(Actor& actor, RunAccount& run) {
  at(actor);
  run.opened = run.unfollowed = run.left = true;
  run.began = now();
  actor.own.push_back(&run);
}

void Ledger::close(Actor& actor, RunAccount& run, RunAccount::End end) {
  at(actor);
  run.end = end;
  run.ended = now();
  if (run.unfollowed) {  // it was never current, so no other run holds its time
    std::erase(actor.own, &run);
    return;
  }
  if (run.on_stack) --scopes_;
  // Rule 7: an end elsewhere can't be distinguished from the end of a run that was charged for it.
  if (run.left && std::erase(actor.runs, &run) == 0)
    for (auto* const other : actor.runs) other->left = true;
  std::erase(actor.runs, &run);
  std::erase(actor.own, &run);
  if (run.task && run.task->innermost == &run) {
    RunAccount* next = &run;
    while (next && !next->open())
      next = !next->around.empty() && next->around.back()->task == run.task ? next->around.back()
                                                                            : nullptr;
    run.task->innermost = next;
  }
}

void Ledger::attribute(const Actor& actor) {
  if (executing_.empty()) return;
  Wait& function = functions_[executing_.back()];
  function.now = actor.runs;
  if (std::exchange(function.known, true)) return;
  function.runs = actor.runs;
}

void Ledger::queue_up(const Wait& wait, Time until) {
  for (auto* const run : wait.runs) {
    const Time begin = std::max(wait.submitted, run->began);
    const Time end = run->open() ? until : std::min(until, run->ended);
    if (begin < end) run->queued += end - begin;
  }
}

std::vector<std::string> Ledger::differences() {
  for (const auto& wait : functions_)
    if (wait.counts && wait.started >= 0) queue_up(wait, wait.started);
  std::vector<std::string> found;
  for (auto& run : runs_) check(run, found);
  for (auto& wrap : wraps_) check(wrap, found);
  return found;
}

void Ledger::check(RunAccount& run, std::vector<std::string>& found) {
  using End = RunAccount::End;
  const auto shown = run.timer.snapshot();
  const auto fail = [&](const std::string& what) {
    std::ostringstream out;
    out << "run " << run.number << ": " << what;
    for (const auto* reasons : {&shown.partial_reasons, &shown.lost_reasons})
      for (const auto& one : *reasons) out << " (" << one.reason << ")";
    found.push_back(out.str());
  };
  if (shown.cpu.count != shown.busy.count)
    fail("has " + std::to_string(shown.cpu.count) + " samples of processor time");
  const auto counts = std::to_string(shown.runs) + " runs, " + std::to_string(shown.failed) +
                      " failed, " + std::to_string(shown.lost) + " lost";
  if (!run.opened || run.end == End::cancelled) {
    if (shown.runs + shown.failed + shown.lost != 0)
      fail((run.opened ? "cancelled, but " : "never begun, but ") + counts);
    ++totals_.forgotten;
    return;
  }
  if (shown.runs + shown.failed + shown.lost != 1) return fail("one, but " + counts);
  if (run.end == End::none) {
    if (shown.lost != 1) fail("never ended, but " + counts);
    ++totals_.lost;
    return;
  }
  // Where a strand of somebody's executor is used, any executor may be asked as such a strand asks.
  const bool seems_near = !ASIO_ENDS_UNLIKE_A_STRAND || detail::strands_of_others_are_used.load();
  const bool near_strand =
      run.near_erased ||
      (seems_near && (shown.partial + shown.lost == 0 || names_the_strand(shown)));
  const bool may_be_flagged = run.left || run.is_mixed();
  const bool may_lack = (run.posted_to_busy || (run.abandoned && run.in_busy)) &&
                        !who_dispatches_to_a_busy_strand_is_flagged;
  const auto compare = [&](const char* series, Time truth, const DurationSummary& summary) {
    const bool is_elapsed = &summary == &shown.elapsed || &summary == &shown.failed_elapsed;
    if (may_lack && !is_elapsed && summary.total.count() < truth) return;
    if (summary.total.count() != truth)
      fail(std::string(series) + " is " + std::to_string(truth) + ", but shown as " +
           std::to_string(summary.total.count()));
  };
  if (run.end == End::failed) {
    // Where no executor is instrumented, an exception can't be distinguished from the destruction
    // of a suspended coroutine.
    if (shown.failed != 1 && !(may_be_flagged && shown.lost == 1)) fail("failed, but " + counts);
    if (shown.failed == 1) {
      compare("elapsed", run.ended - run.began, shown.failed_elapsed);
      if (!may_be_flagged && !(near_strand && shown.failed_busy.count == 0))
        compare("busy", run.busy, shown.failed_busy);
    }
    ++totals_.failed;
    return;
  }
  if (run.unfollowed && shown.partial != 1) fail("can't be followed, but " + counts);
  if (shown.partial + shown.lost != 0 && !may_be_flagged && run.near_erased &&
      !names_the_strand(shown))
    fail("flagged, but not because of the strand");
  totals_.near_erased += run.near_erased && !run.left;
  totals_.followed += run.followed && !run.is_mixed();
  if (shown.partial == 1) {
    if (!may_be_flagged && !near_strand) fail("partial, but it was nowhere where it could be");
    compare("elapsed", run.ended - run.began, shown.elapsed);
    if (shown.busy.count + shown.queued.count != 0) fail("partial, but with more than elapsed");
    ++totals_.partial;
    return;
  }
  if (shown.lost == 1) {
    if (run.told) fail("its end was told, but it is lost");
    if (!may_be_flagged && !near_strand) fail("lost, but it was nowhere where it could be");
    ++totals_.lost;
    return;
  }
  if (run.is_mixed()) {
    if (shown.busy.total.count() > run.at_most)
      fail("busy is at most " + std::to_string(run.at_most) + ", but shown as " +
           std::to_string(shown.busy.total.count()));
    compare("elapsed", run.ended - run.began, shown.elapsed);
    ++totals_.mixed;
    return;
  }
  if (run.unseen != 0 && !run.task) fail("not lost, but it executed where nobody follows");
  compare("busy", run.busy, shown.busy);
  compare("processor time", run.cpu, shown.cpu);
  compare("queued", run.queued, shown.queued);
  compare("elapsed", run.ended - run.began, shown.elapsed);
  ++totals_.exact;
  totals_.followed_exact += run.followed;
  totals_.near_erased_exact += run.near_erased && !run.left && !may_lack;
}

bool Ledger::names_the_strand(const TimerSnapshot& shown) {
  return std::string_view((shown.lost ? shown.lost_reasons : shown.partial_reasons).at(0).remedy)
             .find("make the strand first") != std::string_view::npos;
}

void Ledger::check(WrapAccount& wrap, std::vector<std::string>& found) {
  const auto shown = wrap.timer.snapshot();
  const auto compare = [&](const char* what, auto truth, auto value) {
    if (static_cast<Time>(truth) != static_cast<Time>(value))
      found.push_back(std::string("wrapped: ") + what + " is " + std::to_string(truth) +
                      ", but shown as " + std::to_string(value));
  };
  compare("runs", wrap.runs, shown.runs);
  compare("failed", wrap.failed, shown.failed);
  compare("dropped", wrap.dropped, shown.dropped);
  compare("lost", 0, shown.lost);
  compare("busy", wrap.busy, shown.busy.total.count());
  compare("queued", wrap.queued, shown.queued.total.count());
  compare("elapsed", wrap.elapsed, shown.elapsed.total.count());
  compare("busy of failed", wrap.failed_busy, shown.failed_busy.total.count());
  compare("elapsed of failed", wrap.failed_elapsed, shown.failed_elapsed.total.count());
  totals_.wrapped += wrap.runs;
}

}  // namespace perf_timer::test::random_programs
