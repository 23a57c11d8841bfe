//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/error_code.hpp"
#include "random_programs/interpreter.hpp"
#include "random_programs/maybe_run.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace perf_timer::test::random_programs {

/// Executes programs as coroutines of one executor type. Every statement first tells the ledger
/// which actor executes, and again after each wait.
template <class CoroutineExecutor>
class Interpreter {
 public:
  using Awaitable = asio::awaitable<void, CoroutineExecutor>;
  static constexpr asio::use_awaitable_t<CoroutineExecutor> use_awaitable{};

  explicit Interpreter(Stage& stage) : stage_(stage), ledger_(stage.ledger()) {}

  void start(const Program& program) {
    for (const auto& root : program.roots) {
      const auto scene = coroutine_scene(root.place);
      Actor& actor = ledger_.actor(scene.about);
      asio::co_spawn(executor_of(scene), entry(actor, root.body),
                     with_allocator(actor, [this, &actor](std::exception_ptr) {
                       ledger_.note("completed", actor.number);
                       ledger_.at(actor);
                     }));
    }
  }

 private:
  static constexpr bool typed = !std::is_same_v<CoroutineExecutor, asio::any_io_executor>;
  using End = RunAccount::End;

  Scene coroutine_scene(Place place) {
    const bool possible = !typed || place == Place::erased_strand_again ||
                          (place < Place::plain && place != Place::twice && place != Place::large &&
                           place != Place::wrapped_erased);
    const Scene scene = stage_.scene(possible ? place : Place::context);
    stage_.compare(scene);
    return scene;
  }
  static CoroutineExecutor executor_of(const Scene& scene) {
    if constexpr (std::is_same_v<CoroutineExecutor, TypedExecutor>)
      return *scene.typed;
    else if constexpr (std::is_same_v<CoroutineExecutor, ProbeExecutor>)
      return *scene.bare;
    else
      return scene.executor;
  }

  [[nodiscard]] RunAccount& new_run() {
    RunAccount& account = ledger_.run();
    if (stage_.library() == Library::is_switched_off) account.timer.enabled(false);
    return account;
  }

  template <class Token>
  [[nodiscard]] auto with_allocator(const Actor& actor, Token token) {
    return asio::bind_allocator(TallyAllocator<void>(ledger_, actor), std::move(token));
  }

  enum class Begin { at_once, after_the_others };
  Awaitable entry(Actor& actor, const Block& body, Begin begin = Begin::at_once) {
    // On a plain executor it never starts inline, as it would then be seen until its first
    // suspension.
    if (!actor.plain) ledger_.at(actor);
    if (actor.plain || begin == Begin::after_the_others) co_await asio::post(use_awaitable);
    if (begin == Begin::after_the_others) co_await asio::post(use_awaitable);
    ledger_.at(actor);
    try {
      co_await block(actor, body);
    } catch (...) {
      ledger_.at(actor);
      ledger_.note("left by", actor.number, current_exception());
      throw;
    }
    ledger_.at(actor);
    // At the end, because a run that begins after these questions, and is suspended, may be
    // flagged.
    const CoroutineExecutor own = co_await asio::this_coro::executor;
    ledger_.note("equal to its variants", actor.number, equal_variants(own));
  }

  Awaitable block(Actor& actor, const Block& body) {
    for (const auto& statement : body) {
      ledger_.at(actor);
      const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
      const bool throws = co_await asio::this_coro::throw_if_cancelled();
      ledger_.note("cancelled", actor.number, static_cast<int>(state.cancelled()) * 2 + throws);
      ledger_.note("begins", actor.number, static_cast<int>(statement.kind));
      co_await execute(actor, statement);
      ledger_.at(actor);
      ledger_.note("ends", actor.number, static_cast<int>(statement.kind));
    }
  }

  /// Returns which executors with another property are equal to this one.
  [[nodiscard]] static int equal_variants(const CoroutineExecutor& own) {
    namespace execution = asio::execution;
    const auto is_equal = [&own](const auto& other) {
      return asio::any_io_executor(own) == asio::any_io_executor(other);
    };
    // Who has an executor that never blocks, asks it whether it does, and gives it nothing, is
    // taken for one whose function a strand has queued (rule 8).
    return is_equal(own) +
           2 * (is_around(own) || is_equal(asio::require(own, execution::blocking.never))) +
           4 * is_equal(asio::prefer(own, execution::relationship.continuation)) +
           8 * is_equal(asio::prefer(own, execution::outstanding_work.tracked));
  }

  /// Returns a number that tells exceptions apart. Called in a handler of one.
  [[nodiscard]] static int current_exception() {
    try {
      throw;
    } catch (const ProgramError&) {
      return -1;
    } catch (const asio::system_error& error) {
      return error.code().value();
    } catch (...) {
      return -2;
    }
  }

  Awaitable execute(Actor& actor, const Statement& s) {
    using Kind = Statement::Kind;
    switch (s.kind) {
      case Kind::sleep:
        return sleep(actor, s.n);
      case Kind::yield:
        return yield(actor, s.how);
      case Kind::hop:
        return hop(s.how, s.place);
      case Kind::measured:
      case Kind::cancelled:
        return scope(actor, s.body, s.kind == Kind::cancelled);
      case Kind::overlapping:
        return overlapping(actor, s);
      case Kind::decorated:
        return decorated(actor, s.body);
      case Kind::child:
        return block(actor, s.body);
      case Kind::caught:
        return caught(actor, s.body);
      case Kind::join:
        return join(actor, s);
      case Kind::spawn:
        return spawn(actor, s);
      case Kind::both:
      case Kind::either:
        return branches(actor, s);
      case Kind::finished_in_handler:
        return finished_in_handler(actor, s.body, s.n);
      case Kind::send:
        return send(actor, s.n);
      case Kind::receive:
        return receive(actor, s.n);
      case Kind::wait:
        return wait(actor, s.n);
      case Kind::cancellation:
        return cancellation(s.n);
      case Kind::handler:
        return submit(actor, s);
      case Kind::compute:
      case Kind::throws:
      case Kind::wake:
      case Kind::started:
        break;
    }
    return now(actor, s);
  }

  // Statements of coroutines and handlers.

  Awaitable now(Actor& actor, const Statement& s) {
    execute_now(actor, s);
    co_return;
  }

  Awaitable submit(Actor& actor, const Statement& s) {
    if (s.place == Place::own) {
      const CoroutineExecutor own = co_await asio::this_coro::executor;
      give(own, s.how, ledger_.fork(actor), s.body);
    } else {
      execute_now(actor, s);
    }
  }

  void execute_now(Actor& actor, const Statement& s) {
    using Kind = Statement::Kind;
    ledger_.at(actor);
    switch (s.kind) {
      case Kind::compute:
        return ledger_.compute(actor, s.n);
      case Kind::throws:
        throw ProgramError{};
      case Kind::wake:
        return stage_.wake(s.n);
      case Kind::measured:
      case Kind::cancelled:
        return scope_now(actor, s.body, s.kind == Kind::cancelled);
      case Kind::started:
        return start_run(actor, s);
      case Kind::handler: {
        const Scene scene = stage_.scene(s.place);
        stage_.compare(scene);
        Actor& other = ledger_.fork(actor, scene.about);
        if (scene.typed && s.body.size() % 2 == 0)
          give(*scene.typed, s.how, other, s.body);
        else if (scene.bare && s.body.size() % 2 == 0)
          give(*scene.bare, s.how, other, s.body);
        else
          give(scene.executor, s.how, other, s.body);
        return;
      }
      default:
        return;
    }
  }

  void block_now(Actor& actor, const Block& body) {
    for (const auto& statement : body) {
      ledger_.note("begins", actor.number, static_cast<int>(statement.kind));
      execute_now(actor, statement);
      ledger_.at(actor);
      ledger_.note("ends", actor.number, static_cast<int>(statement.kind));
    }
  }

  void scope_now(Actor& actor, const Block& body, bool forget) {
    RunAccount& account = new_run();
    MaybeRun run(account, stage_.library());
    ledger_.open(actor, account);
    try {
      block_now(actor, body);
    } catch (...) {
      ledger_.close(actor, account, End::failed);
      throw;
    }
    if (forget) run.cancel();
    ledger_.close(actor, account, forget ? End::cancelled : End::normal);
  }

  template <class Executor>
  void give(const Executor& executor, How how, Actor& actor, const Block& body) {
    actor.handler = actor.unawaited = true;
    auto function = with_allocator(actor, [this, &actor, &body] {
      ledger_.at(actor);
      block_now(actor, body);
    });
    switch (how) {
      case How::post:
        return asio::post(executor, std::move(function));
      case How::dispatch:
        return asio::dispatch(executor, std::move(function));
      case How::defer:
        return asio::defer(executor, std::move(function));
    }
  }

  void start_run(Actor& actor, const Statement& s) {
    RunAccount& account = new_run();
    const auto run = std::make_shared<MaybeStartedRun>(ledger_, account, stage_.library());
    ledger_.start(actor, account);
    const auto [executor, about] = executor_of(*run, s);
    Actor& other = ledger_.on_behalf_of(account, about);
    Actor& afterwards = ledger_.fork(other);
    asio::co_spawn(executor, started_entry(other, s, s.n % 4 == 2 ? nullptr : run),
                   with_allocator(other, [this, &afterwards, run, n = s.n](std::exception_ptr) {
                     ledger_.note("completed", afterwards.number);
                     ledger_.at(afterwards);
                     if (n % 4 == 1) run->end(End::normal);
                   }));
    ledger_.at(actor);
    if (s.n % 4 == 2) run->end(End::normal);
  }

  std::pair<CoroutineExecutor, Executor> executor_of(const MaybeStartedRun& run,
                                                     const Statement& s) {
    if constexpr (!typed) {
      if (s.place == Place::erased_strand) {
        const asio::any_io_executor bottom = stage_.bottom();
        const Scene own = stage_.strand_of(run.measures() ? run.wrap(bottom) : bottom);
        return {own.executor, own.about};
      }
    }
    const Scene scene = coroutine_scene(s.place);
    return {executor_of(run, scene, s.n), scene.about};
  }
  static CoroutineExecutor executor_of(const MaybeStartedRun& run, const Scene& scene, int n) {
    if (!run.measures()) return executor_of(scene);
    if constexpr (std::is_same_v<CoroutineExecutor, TypedExecutor>) {
      return run.wrap(*scene.typed);
    } else if constexpr (std::is_same_v<CoroutineExecutor, asio::any_io_executor>) {
      if (scene.typed && n % 3 != 0) return run.wrap(*scene.typed);
      return run.wrap(scene.executor);
    } else {
      return executor_of(scene);
    }
  }

  Awaitable started_entry(Actor& actor, const Statement& s, std::shared_ptr<MaybeStartedRun> run) {
    try {
      co_await entry(actor, s.body);
    } catch (...) {
      if (run) run->end(End::failed);
      throw;
    }
    if (!run) co_return;
    if (s.n % 4 == 0) run->end(End::normal);
    if (s.n % 4 != 3) co_return;
    const Scene scene = stage_.scene(Place::plain_strand);
    Actor& other = ledger_.fork(actor, scene.about);
    other.handler = true;
    asio::post(scene.executor, [this, &other, run, n = s.n] {
      ledger_.compute(other, n);
      run->end(End::normal);
    });
  }

  // Statements of coroutines only.

  Awaitable sleep(Actor& actor, int n) {
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, CoroutineExecutor>
        timer(co_await asio::this_coro::executor, std::chrono::steady_clock::time_point::max());
    const Stage::Sleep sleep(stage_, n, [&timer] { timer.cancel(); });
    asio::error_code error;
    co_await timer.async_wait(with_allocator(actor, asio::redirect_error(use_awaitable, error)));
    ledger_.at(actor);
    ledger_.note("woke", actor.number, error.value());
    if (!sleep.over()) throw asio::system_error(error);
  }

  Awaitable yield(Actor& actor, How how) {
    switch (how) {
      case How::post:
        co_await asio::post(with_allocator(actor, use_awaitable));
        break;
      case How::dispatch:
        co_await asio::dispatch(with_allocator(actor, use_awaitable));
        break;
      case How::defer:
        co_await asio::defer(with_allocator(actor, use_awaitable));
        break;
    }
  }

  Awaitable hop(How how, Place place) {
    const asio::any_io_executor there = stage_.scene(place).executor;
    switch (how) {
      case How::post:
        co_await asio::post(asio::bind_executor(there, use_awaitable));
        break;
      case How::dispatch:
        co_await asio::dispatch(asio::bind_executor(there, use_awaitable));
        break;
      case How::defer:
        co_await asio::defer(asio::bind_executor(there, use_awaitable));
        break;
    }
  }

  Awaitable scope(Actor& actor, const Block& body, bool forget) {
    RunAccount& account = new_run();
    MaybeRun run(account, stage_.library());
    ledger_.open(actor, account);
    try {
      co_await block(actor, body);
    } catch (...) {
      ledger_.close(actor, account, End::failed);
      throw;
    }
    if (forget) run.cancel();
    ledger_.close(actor, account, forget ? End::cancelled : End::normal);
  }

  Awaitable overlapping(Actor& actor, const Statement& s) {
    RunAccount& first = new_run();
    RunAccount& second = new_run();
    first.told = second.told = true;
    std::optional<MaybeRun> second_run;
    MaybeRun first_run(first, stage_.library());
    ledger_.open(actor, first);
    try {
      co_await block(actor, s.body);
      second_run.emplace(second, stage_.library());
      ledger_.open(actor, second);
      co_await block(actor, s.other);
    } catch (...) {
      ledger_.close(actor, first, End::failed);  // destroyed first
      if (second_run) ledger_.close(actor, second, End::failed);
      throw;
    }
    first_run.stop();
    ledger_.close(actor, first, End::normal);
    ledger_.compute(actor, s.n);
    second_run->stop();
    ledger_.close(actor, second, End::normal);
  }

  /// What a decorated awaitable returns. Nothing else can make or copy it.
  class Result {
   public:
    explicit Result(std::size_t n) : n_(n) {}
    Result(Result&&) = default;
    Result& operator=(Result&&) = delete;
    [[nodiscard]] std::int64_t n() const { return static_cast<std::int64_t>(n_); }

   private:
    std::size_t n_;
  };
  using AwaitableResult = asio::awaitable<Result, CoroutineExecutor>;

  AwaitableResult decorated_body(Actor& actor, const Block& body, RunAccount& account, bool plain) {
    plain ? ledger_.open_unfollowed(actor, account) : ledger_.open(actor, account);
    try {
      co_await block(actor, body);
    } catch (...) {
      ledger_.close(actor, account, End::failed);
      throw;
    }
    ledger_.close(actor, account, End::normal);
    co_return Result(account.number);
  }

  AwaitableResult decorate(RunAccount& account, AwaitableResult awaitable) {
    if (stage_.library() == Library::is_left_out) return awaitable;
    return account.timer.decorate(std::move(awaitable));
  }

  Awaitable decorated(Actor& actor, const Block& body) {
    RunAccount& account = new_run();
    account.told = true;
    const CoroutineExecutor own = co_await asio::this_coro::executor;
    const Result result =
        co_await decorate(account, decorated_body(actor, body, account, is_plain(own)));
    ledger_.note("result", actor.number, result.n());
  }

  static const ProbeExecutor* probe_of(const CoroutineExecutor& executor) {
    // Asio 1.22 doesn't compare the types itself.
    return executor.target_type() == typeid(ProbeExecutor)
               ? executor.template target<ProbeExecutor>()
               : nullptr;
  }

  /// Returns whether it is somebody's executor around an instrumented one.
  static bool is_around(const CoroutineExecutor& executor) {
    if constexpr (typed) {
      return false;
    } else {
      const auto* const probe = probe_of(executor);
      return probe && (probe->about().around || probe->about().hides());
    }
  }

  static bool is_plain(const CoroutineExecutor& executor) {
    if constexpr (typed) {
      return false;
    } else {
      const auto* const probe = probe_of(executor);
      return probe && probe->about().plain;
    }
  }

  Awaitable caught(Actor& actor, const Block& body) {
    try {
      co_await block(actor, body);
    } catch (...) {
      ledger_.note("caught", actor.number, current_exception());
    }
    ledger_.at(actor);
  }

  Awaitable join(Actor& actor, const Statement& s) {
    if (s.place == Place::own) {
      const CoroutineExecutor own = co_await asio::this_coro::executor;
      co_await asio::co_spawn(own, entry(ledger_.fork(actor), s.body), use_awaitable);
    } else {
      const auto scene = coroutine_scene(s.place);
      co_await asio::co_spawn(executor_of(scene), entry(ledger_.fork(actor, scene.about), s.body),
                              use_awaitable);
    }
  }

  Awaitable spawn(Actor& actor, const Statement& s) {
    const CoroutineExecutor own = co_await asio::this_coro::executor;
    const auto scene = coroutine_scene(s.place);
    Actor& other = s.place == Place::own ? ledger_.fork(actor) : ledger_.fork(actor, scene.about);
    other.unawaited = true;
    // The executor of its completion handler captures here as well, unless it belongs to a task.
    Actor& afterwards = other.adrift ? other : ledger_.fork(other);
    asio::co_spawn(s.place == Place::own ? own : executor_of(scene), entry(other, s.body),
                   with_allocator(other, [this, &afterwards](std::exception_ptr) {
                     ledger_.note("completed", afterwards.number);
                     ledger_.at(afterwards);
                   }));
  }

  Awaitable branches(Actor& actor, const Statement& s) {
    using namespace asio::experimental::awaitable_operators;
    Actor& a = ledger_.fork(actor);
    Actor& b = ledger_.fork(actor);
    // If a branch is cancelled before it has begun, Asio 1.26 drops it and destroys the coroutine
    // that waits for it. A branch may begin inside the call that starts it, and post itself ahead
    // of the other.
    constexpr auto begin = Begin::after_the_others;
    if (s.kind == Statement::Kind::both)
      co_await (entry(a, s.body, begin) && entry(b, s.other, begin));
    else
      co_await (entry(a, s.body, begin) || entry(b, s.other, begin));
  }

  Awaitable finished_in_handler(Actor& actor, const Block& body, int n) {
    RunAccount& account = new_run();
    account.told = true;
    auto run = std::make_unique<MaybeRun>(account, stage_.library());
    ledger_.open(actor, account);
    // On a plain executor, nobody knows whose a run is that is elsewhere than in a coroutine.
    account.left |= actor.followed || ledger_.is_followed_here();
    account.followed = false;
    try {
      co_await block(actor, body);
    } catch (...) {
      ledger_.close(actor, account, End::failed);
      throw;
    }
    const CoroutineExecutor own = co_await asio::this_coro::executor;
    ledger_.at(actor);
    Actor& other = ledger_.fork(actor);
    asio::post(own, [this, &other, &account, n, run = std::move(run)]() mutable {
      ledger_.compute(other, n);
      run->stop();
      ledger_.close(other, account, End::normal);
    });
    std::erase(actor.own, &account);
    std::erase(actor.inside, &account);
    other.own.push_back(&account);
    co_await asio::post(
        use_awaitable);  // resume later, as anything that still executes in the run is part of it
    ledger_.at(actor);
  }

  Awaitable send(Actor& actor, int n) {
    co_await stage_.channel(n).async_send({}, n, with_allocator(actor, use_awaitable));
    ledger_.at(actor);
  }

  Awaitable receive(Actor& actor, int n) {
    const int received =
        co_await stage_.channel(n).async_receive(with_allocator(actor, use_awaitable));
    ledger_.note("received", actor.number, received);
    ledger_.at(actor);
  }

  template <class Handler>
  class LateWaiter : public Stage::Waiter {
   public:
    LateWaiter(Ledger& ledger, Actor& woken, asio::any_io_executor executor, Handler handler)
        : Waiter(woken),
          ledger_(ledger),
          tracked_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
          handler_(std::move(handler)) {}

    void wake() override {
      ledger_.asks(actor);
      const auto late = asio::prefer(asio::get_associated_executor(handler_),
                                     asio::execution::outstanding_work.tracked);
      asio::post(tracked_, [&ledger = ledger_, &waiter = actor, unseen = ledger_.nobody_sees(),
                            late, handler = std::move(handler_)]() mutable {
        ledger.wakes_late(waiter, unseen);
        asio::dispatch(late, std::move(handler));
      });
    }

   private:
    Ledger& ledger_;
    asio::any_io_executor tracked_;
    Handler handler_;
  };

  Awaitable wait(Actor& actor, int n) {
    co_await asio::async_initiate<const asio::use_awaitable_t<CoroutineExecutor>, void()>(
        [this, &actor, n](auto handler) {
          stage_.wait(n, std::make_unique<LateWaiter<decltype(handler)>>(
                             ledger_, actor, stage_.event_executor(), std::move(handler)));
        },
        use_awaitable);
    ledger_.at(actor);
  }

  Awaitable cancellation(int n) {
    switch (n % 5) {
      case 0:
        co_return co_await asio::this_coro::reset_cancellation_state();
      case 1:
        co_return co_await asio::this_coro::reset_cancellation_state(
            asio::enable_total_cancellation());
      case 2:
        co_return co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
      case 3:
        co_return co_await asio::this_coro::throw_if_cancelled(false);
      default:
        co_return co_await asio::this_coro::throw_if_cancelled(true);
    }
  }

  Stage& stage_;
  Ledger& ledger_;
};

}  // namespace perf_timer::test::random_programs
