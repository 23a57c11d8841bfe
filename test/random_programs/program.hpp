//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <iosfwd>
#include <utility>
#include <vector>

namespace perf_timer::test::random_programs {

/// Where a statement executes.
enum class Place : std::uint8_t {
  own,       ///< the executor of the coroutine itself
  context,   ///< instrumented
  strand_a,  ///< instrumented, like all below except `plain` and `plain_strand`
  strand_b,
  twice,           ///< instrumented on top of instrumented
  never_blocking,  ///< was told never to block, once for all
  large,           ///< inside somebody's larger executor
  task,            ///< a new task each time
  task_on_strand,  ///< the same on strand_a
  shared_task,     ///< the same task for all
  wrapped,         ///< wrapped by a timer
  wrapped_strand,
  wrapped_again,   ///< by the same timer, twice
  wrapped_erased,  ///< the same, with an `any_io_executor` in between, on a strand
  plain,
  plain_strand,
  strand_of_instrumented,  ///< the strand is made of the instrumented executor
  strand_of_strand,        ///< the same twice
  strand_of_wrapped,
  // Strands of an instrumented executor whose type hides that it is one (rule 8).
  erased_strand,
  erased_strand_of_strand,  ///< of `erased_strand`
  erased_strand_again,      ///< `erased_strand`, which is instrumented again
  erased_strand_of_again,   ///< of `erased_strand_again`
};

/// How a function is submitted.
enum class How : std::uint8_t { post, dispatch, defer };

struct Statement;
using Block = std::vector<Statement>;

/// A statement of a program. The functions below make statements, and their comments say what each
/// one does. A program is data, so that it can be generated, shrunk, and printed as the code that
/// makes it.
struct Statement {
  enum class Kind : std::uint8_t {
    compute,
    sleep,
    yield,
    hop,
    throws,
    measured,
    cancelled,
    overlapping,
    decorated,
    child,
    caught,
    join,
    spawn,
    both,
    either,
    handler,
    finished_in_handler,
    send,
    receive,
    wait,
    wake,
    cancellation,
    started,
  };
  Kind kind;
  int n = 0;
  How how = How::post;
  Place place = Place::own;
  Block body{};
  Block other{};
};

// Statements of coroutines and handlers.
/// Computes n ticks.
inline Statement compute(int n) { return {Statement::Kind::compute, n}; }
inline Statement throws() { return {Statement::Kind::throws}; }
/// Measures the block as a run of a new timer.
inline Statement measured(Block body) {
  return {.kind = Statement::Kind::measured, .body = std::move(body)};
}
/// The same, and cancels the run at the end.
inline Statement cancelled(Block body) {
  return {.kind = Statement::Kind::cancelled, .body = std::move(body)};
}
/// Starts a run, and spawns the block as a coroutine on an executor of that run. Doesn't wait for
/// it. The run ends where `n % 4` says: at the coroutine's end, in its completion handler, at once,
/// or in a handler on a plain executor. On `Place::erased_strand`, it is a new strand of that run's
/// executor.
inline Statement started(int n, Place place, Block body) {
  return {.kind = Statement::Kind::started, .n = n, .place = place, .body = std::move(body)};
}
/// Submits a function that executes the block. Doesn't wait for it.
inline Statement handler(How how, Place place, Block body) {
  return {.kind = Statement::Kind::handler, .how = how, .place = place, .body = std::move(body)};
}

// Statements of coroutines only.
/// Waits for at least n ticks.
inline Statement sleep(int n) { return {Statement::Kind::sleep, n}; }
/// Submits itself to its own executor.
inline Statement yield(How how) { return {.kind = Statement::Kind::yield, .how = how}; }
/// Submits itself to another executor. After the next suspension it is back on its own.
inline Statement hop(How how, Place place) {
  return {.kind = Statement::Kind::hop, .how = how, .place = place};
}
/// A run around `body` and `other`, and another one that begins between them and ends n ticks after
/// the first.
inline Statement overlapping(Block body, Block other, int n) {
  return {.kind = Statement::Kind::overlapping,
          .n = n,
          .body = std::move(body),
          .other = std::move(other)};
}
/// `co_await timer.decorate(awaitable)`.
inline Statement decorated(Block body) {
  return {.kind = Statement::Kind::decorated, .body = std::move(body)};
}
/// `co_await` of a coroutine.
inline Statement child(Block body) {
  return {.kind = Statement::Kind::child, .body = std::move(body)};
}
/// Catches what the block throws, and goes on.
inline Statement caught(Block body) {
  return {.kind = Statement::Kind::caught, .body = std::move(body)};
}
/// `co_spawn`, then waits for the end.
inline Statement join(Place place, Block body) {
  return {.kind = Statement::Kind::join, .place = place, .body = std::move(body)};
}
/// `co_spawn`, without waiting.
inline Statement spawn(Place place, Block body) {
  return {.kind = Statement::Kind::spawn, .place = place, .body = std::move(body)};
}
inline Statement both(Block body, Block other) {
  return {.kind = Statement::Kind::both, .body = std::move(body), .other = std::move(other)};
}
inline Statement either(Block body, Block other) {
  return {.kind = Statement::Kind::either, .body = std::move(body), .other = std::move(other)};
}
/// A run around the block that a posted function ends, after n ticks.
inline Statement finished_in_handler(Block body, int n) {
  return {.kind = Statement::Kind::finished_in_handler, .n = n, .body = std::move(body)};
}
/// Uses channel n % 2. The first has no buffer.
inline Statement send(int n) { return {Statement::Kind::send, n}; }
inline Statement receive(int n) { return {Statement::Kind::receive, n}; }
/// Waits for event n % 2. The event resumes as newer channels of Asio do: through the executor that
/// was asked for tracking when the operation started, and inside that through one that is asked
/// late.
inline Statement wait(int n) { return {Statement::Kind::wait, n}; }
/// Wakes everything that waits for event n % 2.
inline Statement wake(int n) { return {Statement::Kind::wake, n}; }

/// Changes the coroutine's cancellation state: which kinds it admits, or whether it throws.
inline Statement cancellation(int n) { return {Statement::Kind::cancellation, n}; }

/// Coroutines that start together, outside of every run.
struct Root {
  Place place;
  Block body;
};
struct Program {
  std::vector<Root> roots;
};
inline Root on(Place place, Block body) { return {place, std::move(body)}; }

/// Prints code that can be pasted into `regressions.cpp`.
std::ostream& operator<<(std::ostream&, const Program&);

}  // namespace perf_timer::test::random_programs
