//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/generator.hpp"

#include <boost/asio/version.hpp>

#include <array>
#include <cstddef>
#include <span>

namespace perf_timer::test::random_programs {
namespace {

using Kind = Statement::Kind;

/// Which statements may occur where. A task is one line of execution. If it forks, it must not
/// leave its executor, and if it leaves, it must not fork (see "What is promised" in
/// doc/design.md).
struct Scope {
  int depth = 0;
  bool handler = false;
  bool may_leave = true;  // for the executor of another task, or a plain one
  bool may_fork = true;
  bool task = false;
  bool forked = false;  // in a branch of a task; a late waker can't tell in which one
  /// A branch that can be cancelled is where a dispatch is inline, and stays there. Asio 1.26
  /// dispatches the cancellation of a `co_spawn` to the spawned coroutine's executor, where it must
  /// not arrive after the coroutine's end.
  bool in_branch = false;
  bool started = false;  // on the executor of a started run
};

class Maker {
 public:
  explicit Maker(const std::vector<std::uint16_t>& choices) : rest_(choices) {}

  Program program() {
    Program program;
    erased_ = choose(3) == 1;
    if (erased_) choose_strands();
    const int roots = 1 + choose(3);
    for (int i = 0; i < roots; ++i) {
      const Place place = coroutine_place();
      program.roots.push_back(on(place, block(inside(place, {}))));
    }
    return program;
  }

 private:
  int choose(int n) {
    if (rest_.empty()) return 0;
    const int chosen = rest_.front() % n;
    rest_ = rest_.subspan(1);
    return chosen;
  }
  bool maybe() { return choose(2) == 1; }
  How how() { return static_cast<How>(choose(3)); }
  int ticks() { return 1 + choose(9); }

  Place coroutine_place() {
    return erased_ && maybe() ? erased_place() : static_cast<Place>(1 + choose(18));
  }
  Place place(const Scope& scope) {
    if (erased_ && maybe()) return erased_place();
    if (erased_ && choose(4) == 1) return Place::never_blocking;
    const auto place = static_cast<Place>(choose(19));
    return place == Place::own && scope.handler ? Place::context : place;
  }
  Place erased_place() { return strands_[static_cast<std::size_t>(choose(2))]; }
  /// A program uses two of these, so that they meet. The first isn't instrumented again.
  void choose_strands() {
    constexpr std::array pairs = {
        std::array{Place::erased_strand, Place::erased_strand_again},
        std::array{Place::erased_strand, Place::erased_strand_of_strand},
        std::array{Place::erased_strand_of_again, Place::erased_strand_again},
        std::array{Place::erased_strand_of_again, Place::erased_strand}};
    strands_ = pairs[static_cast<std::size_t>(choose(4))];
  }
  static bool is_task(Place place) {
    return place == Place::task || place == Place::task_on_strand || place == Place::shared_task;
  }
  static bool dispatches_later(Place place) {
    return place == Place::never_blocking || place == Place::strand_a || place == Place::strand_b ||
           place == Place::task_on_strand || place == Place::wrapped_strand ||
           place == Place::wrapped_erased || place > Place::plain;
  }
  Scope inside(Place place, Scope scope) {
    if (place == Place::own) return scope;
    Scope inner{.depth = scope.depth};
    inner.in_branch = scope.in_branch;
    inner.may_fork = place != Place::never_blocking;  // a dispatch there isn't inline
    if (place == Place::shared_task) {
      inner.may_leave = inner.may_fork = false;
    } else if (is_task(place)) {
      inner.may_leave = maybe();
      inner.may_fork = !inner.may_leave;
    }
    inner.task = is_task(place);
    return inner;
  }

  Block block(Scope scope) {
    Block block;
    if (++scope.depth > 6) return block;
    while (block.size() < 5 && !rest_.empty()) {
      const int chosen = choose(scope.handler ? 8 : 33);
      if (chosen == 0 && !block.empty()) break;
      block.push_back(statement(chosen, scope));
    }
    return block;
  }

  Statement statement(int chosen, const Scope& scope) {
    switch (chosen) {
      case 1:
        return measured(block(scope));
      case 2:
        return handler_statement(scope);
      case 3:
        return wake(choose(2));
      case 4:
        return choose(4) == 1 ? throws() : compute(ticks());
      case 5:
        return cancelled(block(scope));
      case 6:
        return started_statement(scope);
      case 8:
      case 9:
        return sleep(ticks());
      case 10:
        return yield(how());
      case 11:
        return hop_statement(scope);
      case 12:
      case 13:
        return measured(block(scope));
      case 14:
        return overlapping_statement(scope);
      case 15:
      case 16:
        return decorated(block(scope));
      case 17:
        return child(block(scope));
      case 18:
        return caught(block(scope));
      case 19:
      case 20:
        return spawned(Kind::join, scope);
      case 21:
        return spawned(Kind::spawn, scope);
      case 22:
      case 23:
        return branches(Kind::both, scope);
      case 24:
      case 25:
        return branches(Kind::either, scope);
      case 26:
        return finished_statement(block(scope));
      case 27:
        return no_channel(scope) ? compute(ticks()) : send(choose(2));
      case 28:
        return no_channel(scope) ? compute(ticks()) : receive(choose(2));
      case 29:
        return scope.forked ? compute(ticks()) : wait(choose(2));
      case 30:
        return cancellation(choose(5));
      case 31:
        return erased_ ? begun_inline() : compute(ticks());
      default:
        return compute(ticks());
    }
  }

  /// Newer versions of Asio ask a channel's waiter for its executor only when they wake it. On the
  /// executor of a started run, it then goes on on behalf of that, and not of what is open inside.
  static bool no_channel(const Scope& scope) {
    return scope.started && BOOST_ASIO_VERSION > 102600;
  }

  Statement started_statement(const Scope& scope) {
    constexpr std::array places = {
        Place::context,       Place::strand_a,       Place::strand_b,
        Place::twice,         Place::wrapped,        Place::wrapped_strand,
        Place::wrapped_again, Place::wrapped_erased, Place::never_blocking};
    const auto ordinary = static_cast<std::size_t>(choose(static_cast<int>(places.size())));
    const Place erased = maybe() ? Place::erased_strand : Place::erased_strand_again;
    const Place where = erased_ && maybe() ? erased : places[ordinary];
    const int n = choose(20);
    Scope inner{.depth = scope.depth};
    inner.started = true;
    inner.may_fork = where != Place::never_blocking;
    inner.may_leave = false;
    return started(n, where, block(inner));
  }

  /// A run that may begin inline in a function of an erased strand, and is suspended there, while
  /// what follows goes on.
  Statement begun_inline() {
    const Place where = strands_[0];
    Block body = block(inside(where, {.depth = 4}));
    body.push_back(sleep(ticks()));
    Block run;
    run.push_back(measured(std::move(body)));
    return spawn(where, std::move(run));
  }

  // Compilers evaluate arguments in different orders. Programs shall be the same everywhere.
  Statement overlapping_statement(const Scope& scope) {
    Block body = block(scope);
    Block other = block(scope);
    return overlapping(std::move(body), std::move(other), ticks());
  }
  Statement finished_statement(Block body) { return finished_in_handler(std::move(body), ticks()); }

  Statement handler_statement(Scope scope) {
    Place where = place(scope);
    const How submitted = how();
    scope.handler = true;
    return handler(submitted, where, block(scope));
  }

  Statement hop_statement(const Scope& scope) {
    const auto where = coroutine_place();
    if (!scope.may_leave || scope.in_branch) return yield(how());
    return hop(how(), where);
  }

  Statement spawned(Kind kind, const Scope& scope) {
    Place where = place(scope);
    if (where == Place::own && !scope.may_fork) where = Place::context;
    if (kind == Kind::join && scope.in_branch && dispatches_later(where)) where = Place::context;
    Scope there = inside(where, scope);
    if (kind == Kind::spawn) there.in_branch = false;
    Block body = block(there);
    return kind == Kind::join ? join(where, std::move(body)) : spawn(where, std::move(body));
  }

  Statement branches(Kind kind, Scope scope) {
    if (!scope.may_fork) return child(block(scope));
    scope.forked = scope.task;
    scope.in_branch = true;
    Block a = block(scope);
    Block b = block(scope);
    return kind == Kind::both ? both(std::move(a), std::move(b))
                              : either(std::move(a), std::move(b));
  }

  std::span<const std::uint16_t> rest_;
  bool erased_ =
      false;  // it has erased strands; in other programs, nothing may be flagged by rule 8
  std::array<Place, 2> strands_{};
};

}  // namespace

Program make_program(const std::vector<std::uint16_t>& choices) { return Maker(choices).program(); }

}  // namespace perf_timer::test::random_programs
