//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: strands that are made of an instrumented executor, while
// others post to them.
#include <perf_timer/perf_executor.hpp>

#include "common/asio_has.hpp"
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

namespace execution = asio::execution;
using Clock = ManualClock;
using Context = asio::io_context::executor_type;
using Plain = PerfExecutor<Context, Clock>;
using Strand = asio::strand<Plain>;
using Nested = asio::strand<Strand>;
using Erased = asio::strand<asio::any_io_executor>;

static_assert(execution::is_executor<Strand>::value && execution::is_executor<Nested>::value);
static_assert(std::is_nothrow_copy_constructible_v<Strand>);
static_assert(std::is_nothrow_move_constructible_v<Nested>);
static_assert(sizeof(void*) != 8 || (sizeof(Strand) == 24 && sizeof(Nested) == 24));
static_assert(std::is_convertible_v<Strand, asio::any_io_executor>);
static_assert(std::same_as<Strand::inner_executor_type, Plain>);
static_assert(std::same_as<Nested::inner_executor_type, Strand>);
static_assert(std::same_as<decltype(asio::make_strand(
                               Strand(instrument<Clock>(std::declval<asio::io_context&>())))),
                           Nested>);
static_assert(asio::can_require<Strand, execution::blocking_t::never_t>::value);
static_assert(!asio::can_require<Strand, execution::blocking_t::always_t>::value);
static_assert(asio::can_prefer<Nested, execution::outstanding_work_t::tracked_t>::value);
static_assert(
    !std::convertible_to<asio::strand<PerfExecutor<asio::any_io_executor, Clock>>, Strand>);
#if PERF_TIMER_ASIO_HAS_TS_EXECUTORS
static_assert(asio::is_executor<Strand>::value && asio::is_executor<Nested>::value);
#endif

/// Another thread, which knows of no run, posts a function that computes a million.
template <class Executor>
void outsider_posts_to(const Executor& executor) {
  std::thread([executor] { asio::post(executor, [] { compute<Clock>(1'000'000); }); }).join();
}

/// Computes 1, 2 and 4, and lets outsiders post while it executes.
template <class Executor>
asio::awaitable<void> busy_strand(Executor executor, QuietTimer<Clock>& timer, bool yields) {
  const auto run = timer.measure();
  compute<Clock>(1);
  outsider_posts_to(executor);
  compute<Clock>(2);
  if (yields)
    co_await asio::post(asio::use_awaitable);
  else
    co_await nap();
  outsider_posts_to(executor);
  compute<Clock>(4);
}

void check_reason(const TimerBase& timer) {
  const auto reasons = timer.snapshot().lost_reasons;
  BOOST_TEST_REQUIRE(reasons.size() == 1u);
  BOOST_TEST(std::string(reasons[0].remedy).find("instrument(make_strand(context))") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE(strands)

void check_exact(auto make) {
  for (const bool yields : {false, true}) {
    asio::io_context context;
    QuietTimer<Clock> scope("scope"), decorated("decorated");
    const auto executor = make(context);
    asio::co_spawn(executor, busy_strand(executor, scope, yields), asio::detached);
    context.run();
    check_busy(scope, 7);
    context.restart();
    QuietTimer<Clock> inside;
    asio::co_spawn(executor, decorated.decorate(busy_strand(executor, inside, yields)),
                   asio::detached);
    context.run();
    check_busy(decorated, 7);
  }
}

BOOST_AUTO_TEST_CASE(others_who_post_are_not_charged) {
  check_exact([](auto& context) { return asio::make_strand(instrument<Clock>(context)); });
  check_exact([](auto& context) {
    return asio::any_io_executor(asio::make_strand(instrument<Clock>(context)));
  });
  check_exact([](auto& context) {
    return asio::make_strand(asio::make_strand(instrument<Clock>(context)));
  });
  check_exact([](auto& context) {
    return asio::make_strand(instrument<Clock>(asio::make_strand(context)));
  });
  check_exact([](auto& context) {
    return asio::make_strand(
        instrument<Clock>(asio::any_io_executor(asio::make_strand(instrument<Clock>(context)))));
  });
}

BOOST_AUTO_TEST_CASE(nor_if_an_erased_strand_is_instrumented_again) {
  // What the reason of a lost run says to do.
  check_exact([](auto& context) { return instrument<Clock>(Erased(instrument<Clock>(context))); });
}

BOOST_AUTO_TEST_CASE(each_function_is_a_run_of_the_timer_that_wraps_the_executor) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = asio::make_strand(timer.wrap(context));
  for (int i = 0; i < 5; ++i) asio::post(strand, [] { compute<Clock>(3); });
  context.run();
  check_busy(timer, 15, 5);
  static_assert(std::same_as<decltype(instrument<Clock>(strand)),
                             PerfExecutor<asio::strand<Context>, Clock>>);
  asio::post(instrument<Clock>(strand), [&] { BOOST_TEST(strand.running_in_this_thread()); });
  context.restart();
  context.run();
  check_busy(timer, 15, 6);
}

BOOST_AUTO_TEST_CASE(it_is_a_strand) {
  asio::io_context context;
  const auto strand = asio::make_strand(instrument<Clock>(context));
  const auto copy = strand;
  BOOST_TEST((strand == copy));
  BOOST_TEST((strand != asio::make_strand(instrument<Clock>(context))));
  BOOST_TEST((strand.get_inner_executor() == instrument<Clock>(context)));
  BOOST_TEST(&asio::query(strand, execution::context) == &context);
  const auto never = asio::require(strand, execution::blocking.never);
  static_assert(std::same_as<decltype(never), decltype(strand)>);
  BOOST_TEST((asio::query(never, execution::blocking) == execution::blocking.never));

  std::vector<int> order;
  asio::post(strand, [&] {
    BOOST_TEST(strand.running_in_this_thread());
    asio::post(strand, [&] { order.push_back(3); });
    asio::dispatch(strand, [&] { order.push_back(1); });
    asio::defer(strand, [&] { order.push_back(4); });
    asio::dispatch(never, [&] { order.push_back(5); });
    order.push_back(2);
  });
  BOOST_TEST(!strand.running_in_this_thread());
  auto work = asio::make_work_guard(strand);
  context.poll();
  const std::vector expected =
      ASIO_DISPATCH_KEEPS_NEVER ? std::vector{1, 2, 3, 4, 5} : std::vector{1, 5, 2, 3, 4};
  BOOST_TEST(order == expected, boost::test_tools::per_element());
  BOOST_TEST(!context.stopped());
  work.reset();
  context.poll();
  BOOST_TEST(context.stopped());
}

BOOST_AUTO_TEST_CASE(it_converts_as_its_executor_does) {
  asio::io_context context;
  const Strand strand(instrument<Clock>(context));
  using OfAny = asio::strand<PerfExecutor<asio::any_io_executor, Clock>>;
  OfAny of_any(strand);
  BOOST_TEST((of_any == OfAny(strand)));
  of_any = Strand(instrument<Clock>(context));
  BOOST_TEST((of_any != OfAny(strand)));

  // The strand stays the same one. It executes one function at a time, whoever submits it.
  Erased erased(strand);
  BOOST_TEST((erased == Erased(Strand(strand))));
  erased = Strand(instrument<Clock>(context));
  BOOST_TEST((erased != Erased(strand)));
  erased = Nested(strand);
  erased = strand;
  int executed = 0;
  asio::post(erased, [&] {
    BOOST_TEST(strand.running_in_this_thread());
    asio::dispatch(strand, [&] { ++executed; });
    BOOST_TEST(executed == 1);
  });
  context.run();
  BOOST_TEST(executed == 1);
}

// Through `any_io_executor` a strand can't be told from others that submit, but its queue can.

BOOST_AUTO_TEST_CASE(the_function_that_finds_an_erased_strand_idle_is_exact) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased strand(instrument<Clock>(context));
  asio::co_spawn(strand, busy_strand(strand, timer, false), asio::detached);
  context.run();
  check_busy(timer, 7);
}

BOOST_AUTO_TEST_CASE(what_an_erased_strand_queues_is_lost_with_the_remedy) {
  for (const bool nested : {false, true}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    Erased strand(instrument<Clock>(context));
    if (nested) strand = asio::make_strand(asio::any_io_executor(strand));
    asio::co_spawn(strand, busy_strand(strand, timer, true), asio::detached);
    context.run();
    check_outcomes(timer, 0, 0, 1);
    check_reason(timer);
  }
}

/// make_strand(co_await this_coro::executor), for what the run doesn't wait for.
template <class Executor>
void check_usual_way(asio::io_context& context, const Executor& executor) {
  QuietTimer<Clock> timer;
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    const auto strand = asio::make_strand(co_await asio::this_coro::executor);
    asio::post(strand, [strand] {
      compute<Clock>(2);
      outsider_posts_to(strand);
    });
    compute<Clock>(1);
    co_await nap();
    compute<Clock>(4);
  };
  asio::co_spawn(executor, program(), asio::detached);
  context.run();
  check_busy(timer, 7);
}

BOOST_AUTO_TEST_CASE(the_usual_way_to_get_one) {
  asio::io_context context;
  check_usual_way(context, instrument<Clock>(context));
  context.restart();
  check_usual_way(context, instrument<Clock>(Erased(instrument<Clock>(context))));
}

/// A run on another executor, which awaits a child that an erased strand queues.
void check_awaits(bool sleeps) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased strand(instrument<Clock>(context));
  const auto child = [&]() -> asio::awaitable<void> {
    co_await asio::post(asio::use_awaitable);
    co_await asio::post(asio::use_awaitable);
    compute<Clock>(2);
    if (sleeps) co_await nap();
  };
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await asio::co_spawn(strand, child(), asio::use_awaitable);
    compute<Clock>(1);
  };
  asio::post(strand, [&] { outsider_posts_to(strand); });
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  context.run();
  check_outcomes(timer, 0, 0, 1);
  check_reason(timer);
}
BOOST_AUTO_TEST_CASE(who_awaits_what_an_erased_strand_queued_is_lost) { check_awaits(false); }
BOOST_AUTO_TEST_CASE(even_if_it_comes_back_later) { check_awaits(true); }

/// Hops to an erased strand while it is busy, and is suspended there in a run. Others' functions
/// follow in the same queue.
void check_begins_in_a_queue(bool decorated) {
  asio::io_context context;
  const asio::any_io_executor executor = instrument<Clock>(context);
  const auto strand = asio::make_strand(executor);
  QuietTimer<Clock> timer;
  const auto works = []() -> asio::awaitable<void> {
    compute<Clock>(3);
    co_await asio::post(asio::use_awaitable);
    compute<Clock>(2);
  };
  const auto session = [&]() -> asio::awaitable<void> {
    co_await asio::post(asio::bind_executor(strand, asio::use_awaitable));
    if (decorated) {
      co_await timer.decorate(works());
    } else {
      auto run = timer.measure();
      co_await works();
      run.stop();
    }
  };
  asio::co_spawn(executor, session(), asio::detached);
  asio::post(strand, [&] { asio::post(strand, [] { compute<Clock>(1'000'000); }); });
  context.run();
  check_partial(timer, 1);
  BOOST_TEST(timer.snapshot().partial_reasons.at(0).remedy ==
             "make the strand first, then instrument it: instrument(make_strand(context))");
}

BOOST_AUTO_TEST_CASE(what_begins_in_the_queue_and_is_suspended_is_partial) {
  check_begins_in_a_queue(true);
  check_begins_in_a_queue(false);
}

BOOST_AUTO_TEST_CASE(what_begins_and_ends_in_a_function_of_the_queue_is_exact) {
  asio::io_context context;
  const auto strand = asio::make_strand(asio::any_io_executor(instrument<Clock>(context)));
  QuietTimer<Clock> timer;
  asio::post(strand, [] {});
  for (int i = 0; i < 2; ++i) {
    asio::post(strand, [&] {
      const auto run = timer.measure();
      compute<Clock>(2);
    });
    asio::post(strand, [] { compute<Clock>(1'000'000); });
  }
  context.run();
  check_busy(timer, 4, 2);
}

BOOST_AUTO_TEST_CASE(who_hears_from_it_about_something_later_is_exact) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = instrument<Clock>(context);
  asio::experimental::channel<void(asio::error_code, int)> requests(executor, 1),
      replies(executor, 1);
  const Erased strand(executor);
  const auto server = [&]() -> asio::awaitable<void> {
    co_await asio::post(asio::use_awaitable);  // through the queue: from now on nobody is known
    co_await requests.async_receive(asio::use_awaitable);
    compute<Clock>(2);
    co_await replies.async_send({}, 0, asio::use_awaitable);
  };
  const auto program = [&]() -> asio::awaitable<void> {
    co_await nap();
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await requests.async_send({}, 0, asio::use_awaitable);
    co_await replies.async_receive(asio::use_awaitable);
    compute<Clock>(4);
  };
  asio::co_spawn(strand, server(), asio::detached);
  asio::co_spawn(executor, program(), asio::detached);
  context.run();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_CASE(a_channel_inside_an_erased_strand_is_not_its_queue) {
  // It submits as a strand does, in a function of the strand, but through a capture of its own.
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = instrument<Clock>(context);
  asio::experimental::channel<void(asio::error_code, int)> channel(executor);
  const Erased strand(executor);
  const auto receiver = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await channel.async_receive(asio::use_awaitable);
    compute<Clock>(2);
  };
  const auto sender = [&]() -> asio::awaitable<void> {
    co_await nap();
    compute<Clock>(4);
    co_await channel.async_send({}, 0, asio::use_awaitable);
  };
  asio::co_spawn(executor, receiver(), asio::detached);
  asio::co_spawn(strand, sender(), asio::detached);
  context.run();
  check_busy(timer, 3);
}

/// Somebody's executor around any other.
struct Around {
  asio::any_io_executor inner;

  template <class Property>
    requires asio::can_query<const asio::any_io_executor&, Property>::value
  decltype(auto) query(const Property& property) const {
    return asio::query(inner, property);
  }
  template <class Property>
    requires asio::can_require<const asio::any_io_executor&, Property>::value
  Around require(const Property& property) const {
    return {asio::require(inner, property)};
  }
  template <class Property>
    requires asio::can_prefer<const asio::any_io_executor&, Property>::value
  Around prefer(const Property& property) const {
    return {asio::prefer(inner, property)};
  }
  template <class Function>
  void execute(Function&& function) const {
    inner.execute(std::forward<Function>(function));
  }
  bool operator==(const Around&) const = default;
};

BOOST_AUTO_TEST_CASE(who_posts_to_somebodys_executor_around_another_posts_to_no_strand) {
  // That executor asks the same question as a strand does.
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = instrument<Clock>(context);
  const auto program = [&](asio::any_io_executor there) -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::post(there, [] { compute<Clock>(2); });
    co_await nap();
  };
  asio::co_spawn(executor, program(Around{executor}), asio::detached);
  asio::co_spawn(executor, program(Around{asio::make_strand(executor)}), asio::detached);
  context.run();
  check_busy(timer, 4, 2);
}

/// A hand-written event. It resumes a coroutine inline if its executor allows that.
class Event {
 public:
  asio::awaitable<void> wait() {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [this](auto handler) {
          const auto tracked = asio::prefer(asio::get_associated_executor(handler),
                                            execution::outstanding_work.tracked);
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          notify = [tracked, shared] {
            asio::dispatch(tracked, [shared] { std::move (*shared)(); });
          };
        },
        asio::use_awaitable);
  }
  std::function<void()> notify;
};

BOOST_AUTO_TEST_CASE(who_executes_another_inline_on_an_erased_strand_is_lost) {
  for (const bool erased : {false, true}) {
    asio::io_context context;
    QuietTimer<Clock> timer, around("around");
    const auto typed = asio::make_strand(instrument<Clock>(context));
    const asio::any_io_executor strand =
        erased ? asio::any_io_executor(Erased(typed.get_inner_executor()))
               : asio::any_io_executor(typed);
    Event event;
    const auto waiter = [&]() -> asio::awaitable<void> {
      co_await event.wait();
      compute<Clock>(100);
    };
    const auto waker = [&]() -> asio::awaitable<void> {
      co_await nap();
      const auto run = timer.measure();
      compute<Clock>(1);
      std::exchange(event.notify, nullptr)();  // which keeps the context running
      compute<Clock>(2);
    };
    asio::co_spawn(strand, waiter(), asio::detached);
    asio::co_spawn(strand, waker(), asio::detached);
    context.run();
    if (erased) {
      check_outcomes(timer, 0, 0, 1);
      check_reason(timer);
    } else {
      check_busy(timer, 3);
    }
  }
}

BOOST_AUTO_TEST_CASE(so_is_who_waits_for_what_another_executes_inline) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased strand(instrument<Clock>(context));
  Event event;
  const auto child = [&]() -> asio::awaitable<void> {
    co_await event.wait();
    compute<Clock>(100);
  };
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await asio::co_spawn(strand, child(), asio::use_awaitable);
    compute<Clock>(2);
  };
  const auto waker = [&]() -> asio::awaitable<void> {
    co_await nap();
    std::exchange(event.notify, nullptr)();
  };
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  asio::co_spawn(strand, waker(), asio::detached);
  context.run();
  check_outcomes(timer, 0, 0, 1);
  check_reason(timer);
}

BOOST_AUTO_TEST_CASE(a_started_run_lacks_what_its_erased_strand_queues) {
  asio::io_context context;
  QuietTimer<Clock> one("one"), both("both"), typed("typed");
  auto run = one.start();
  const Erased strand(run.wrap(context));
  asio::post(strand, [] { compute<Clock>(1); });
  context.run();
  run.stop();
  check_busy(one, 1);

  context.restart();
  run = both.start();
  const Erased busy(run.wrap(context));
  for (int i = 0; i < 2; ++i) asio::post(busy, [] { compute<Clock>(1); });
  context.run();
  run.stop();
  check_partial(both, 1);
  BOOST_TEST(both.snapshot().partial_reasons.at(0).remedy ==
             "make the strand first, then instrument it: instrument(make_strand(context))");

  context.restart();
  run = typed.start();
  const auto wrapped = run.wrap(asio::make_strand(context));
  for (int i = 0; i < 2; ++i) asio::post(wrapped, [] { compute<Clock>(1); });
  context.run();
  run.stop();
  check_busy(typed, 2);
}

BOOST_AUTO_TEST_CASE(but_not_who_returns_to_what_is_around_it) {
  asio::io_context context;
  QuietTimer<Clock> inner("inner"), outer("outer");
  const Erased strand(instrument<Clock>(context));
  const auto child = [&]() -> asio::awaitable<void> {
    const auto run = inner.measure();
    co_await nap();
    compute<Clock>(1);
  };
  const auto parent = [&]() -> asio::awaitable<void> {
    const auto run = outer.measure();
    co_await asio::co_spawn(strand, child(), asio::use_awaitable);
    compute<Clock>(2);
  };
  asio::co_spawn(strand, parent(), asio::detached);
  context.run();
  check_busy(outer, 3);
  check_outcomes(inner, 0, 0, 1);  // nothing told when it was suspended
  check_reason(inner);
}

/// A coroutine spawns another one on a strand in which it executes, and goes on when that is
/// suspended in a run.
template <class Executor>
void check_spawns(const Executor& spawner, const Erased& strand, bool in_its_queue) {
  QuietTimer<Clock> timer;
  const auto child = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await nap();
    compute<Clock>(2);
  };
  const auto parent = [&]() -> asio::awaitable<void> {
    asio::co_spawn(strand, child(), asio::detached);
    compute<Clock>(1000);
    co_return;
  };
  if (in_its_queue) asio::post(strand, [] {});
  asio::co_spawn(spawner, parent(), asio::detached);
  static_cast<asio::io_context&>(asio::query(strand, execution::context)).run();
  check_outcomes(timer, 0, 0, 1);
  check_reason(timer);
}

BOOST_AUTO_TEST_CASE(nor_is_it_seen_if_the_spawner_came_through_an_instrumented_executor) {
  for (const bool in_its_queue : {false, true}) {
    asio::io_context context;
    const Erased strand(instrument<Clock>(context));
    check_spawns(instrument<Clock>(strand), strand, in_its_queue);
    context.restart();
    const Erased around(instrument<Clock>(strand));
    check_spawns(instrument<Clock>(around), around, in_its_queue);
    context.restart();
    check_spawns(instrument<Clock>(around), strand, in_its_queue);
  }
}

BOOST_AUTO_TEST_CASE(but_who_puts_that_executor_into_another_one_gives_its_strand_nothing) {
  detail::strands_of_others_are_used = false;  // in another test
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased strand(instrument<Clock>(context));
  const auto program = [&](auto own) -> asio::awaitable<void> {
    static_cast<void>(asio::any_io_executor(own));
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await nap();
    compute<Clock>(2);
  };
  const auto again = instrument<Clock>(strand);
  asio::co_spawn(again, program(again), asio::detached);
  const auto around = instrument<Clock>(Erased(again));
  asio::co_spawn(around, program(around), asio::detached);
  context.run();
  check_busy(timer, 6, 2);
}

/// A branch with a run is suspended. The other one goes on in the same function of the strand.
void check_branches(bool decorated, bool around) {
  asio::io_context context;
  QuietTimer<Clock> timer, outer("outer");
  const Erased strand(instrument<Clock>(context));
  const auto one = [&]() -> asio::awaitable<void> {
    if (decorated) co_return co_await timer.decorate(nap(10));
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await nap(10);
    compute<Clock>(2);
  };
  const auto other = []() -> asio::awaitable<void> {
    compute<Clock>(1000);
    co_await nap(1);
    compute<Clock>(100);
  };
  const auto both = [&]() -> asio::awaitable<void> {
    using namespace asio::experimental::awaitable_operators;
    if (around)
      co_await outer.decorate(one() && other());
    else
      co_await (one() && other());
  };
  asio::co_spawn(strand, both(), asio::detached);
  context.run();
  const auto shown = timer.snapshot();
  BOOST_TEST(shown.partial + shown.lost == 1u);
  BOOST_TEST(shown.busy.count == 0u);
  if (around) check_busy(outer, decorated ? 1100 : 1103);
}

BOOST_AUTO_TEST_CASE(who_is_suspended_inside_a_function_of_an_erased_strand_is_lost) {
  for (const bool decorated : {false, true})
    for (const bool around : {false, true}) check_branches(decorated, around);
}

BOOST_AUTO_TEST_CASE(a_started_run_that_ends_in_the_queue_is_partial) {
  for (const bool busy : {true, false}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    auto run = timer.start();
    const Erased strand(instrument<Clock>(context));
    asio::post(run.wrap(context), [&] {
      asio::dispatch(strand, [&] {
        compute<Clock>(7);
        run.stop();
      });
    });
    if (busy) asio::post(strand, [] {});
    context.run();
    const auto shown = timer.snapshot();
    BOOST_TEST(shown.runs == 1u);
    BOOST_TEST(shown.partial == (busy ? 1u : 0u));
    BOOST_TEST(shown.busy.total.count() == (busy ? 0 : 7));
  }
}

BOOST_AUTO_TEST_CASE(but_not_if_it_gave_the_strand_nothing) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  auto run = timer.start();
  const Erased strand(instrument<Clock>(context));
  asio::post(run.wrap(context), [&] { compute<Clock>(7); });
  asio::post(strand, [] {});
  asio::post(strand, [&] { run.stop(); });
  context.run();
  check_busy(timer, 7);
}

BOOST_AUTO_TEST_CASE(all_that_a_tasks_executor_executes_is_the_tasks) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const Erased strand(perf_timer::task<Clock>(context));
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(1);
    co_await asio::post(asio::use_awaitable);
    compute<Clock>(2);
  };
  asio::co_spawn(strand, program(), asio::detached);
  context.run();
  check_busy(timer, 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
