//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/timers/decorated.hpp>

#include "timers.hpp"

#include <coroutine>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace perf_timer::test {
namespace {

int add(int a, int b) {
  compute(2);
  return a + b;
}

struct Counter {
  std::int64_t count = 0;
  std::int64_t& next() {
    compute(2);
    return ++count;
  }
};

/// Returns how it was called.
struct HowCalled {
  char operator()() & { return '&'; }
  char operator()() const& { return 'c'; }
  char operator()() && { return 'm'; }
};

struct Coroutine {
  struct promise_type;
};
struct Coroutine::promise_type {
  Coroutine get_return_object() { return {}; }
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
};

BOOST_AUTO_TEST_SUITE(decorate)

BOOST_AUTO_TEST_CASE_TEMPLATE(each_call_is_a_run, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto function = timer.decorate(add);
  check_counts(timer, {});
  BOOST_TEST(function(1, 2) == 3);
  BOOST_TEST(function(3, 4) == 7);
  check_busy(timer, 4, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(any_kind_of_function, Timer, PlainTimers) {
  Timer timer("test", quiet());
  Counter counter;
  timer.decorate (&add)(1, 2);
  timer.decorate([] { compute(2); })();
  timer.decorate(std::function<void()>([] { compute(2); }))();
  timer.decorate (&Counter::next)(counter);
  check_busy(timer, 8, 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(move_only_functions_arguments_and_results, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto function = timer.decorate([own = std::make_unique<int>(40)](std::unique_ptr<int> argument) {
    return std::make_unique<int>(*own + *argument);
  });
  BOOST_TEST(*function(std::make_unique<int>(2)) == 42);
  auto moved = std::move(function);
  BOOST_TEST(*moved(std::make_unique<int>(3)) == 43);
  check_busy(timer, 0, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(references_stay_references, Timer, PlainTimers) {
  Timer timer("test", quiet());
  Counter counter;
  auto next = timer.decorate(&Counter::next);
  static_assert(std::is_same_v<decltype(next(counter)), std::int64_t&>);
  BOOST_TEST(&next(counter) == &counter.count);
  auto same = timer.decorate([](std::int64_t& argument) -> std::int64_t& { return argument; });
  BOOST_TEST(&same(counter.count) == &counter.count);
  auto forward = timer.decorate([](auto&& argument) -> decltype(auto) {
    return std::is_rvalue_reference_v<decltype(argument)>;
  });
  BOOST_TEST(!forward(counter));
  BOOST_TEST(forward(Counter()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(called_as_it_is_called_itself, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto function = timer.decorate(HowCalled());
  BOOST_TEST(function() == '&');
  BOOST_TEST(std::as_const(function)() == 'c');
  BOOST_TEST(std::move(function)() == 'm');

  auto changing = timer.decorate([n = 0]() mutable { return ++n; });
  changing();
  BOOST_TEST(changing() == 2);
  static_assert(!std::is_invocable_v<const decltype(changing)&>);
  static_assert(!std::is_invocable_v<decltype(changing), int>);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(noexcept_is_kept, Timer, PlainTimers) {
  Timer timer("test", quiet());
  const auto does_not_throw = timer.decorate([](int) noexcept {});
  const auto may_throw = timer.decorate([](int) {});
  static_assert(std::is_nothrow_invocable_v<decltype(does_not_throw), int>);
  static_assert(!std::is_nothrow_invocable_v<decltype(may_throw), int>);
  does_not_throw(1);
  may_throw(1);
  check_busy(timer, 0, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(copies_feed_the_same_timer, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto first = timer.decorate(add);
  auto second = first;
  first(1, 2);
  second(1, 2);
  check_busy(timer, 4, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(left_by_an_exception, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto function = timer.decorate([](bool fail) {
    if (fail) throw 1;
  });
  BOOST_CHECK_THROW(function(true), int);
  function(false);
  check_counts(timer, {.runs = 1, .failed = 1});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(recursive, Timer, PlainTimers) {
  Timer timer("test", quiet());
  std::function<int(int)> depth;
  depth = timer.decorate([&](int n) {
    compute(1);
    return n == 0 ? 0 : depth(n - 1) + 1;
  });
  BOOST_TEST(depth(3) == 3);
  check_busy(timer, 4 + 3 + 2 + 1, 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outlives_its_timer, Timer, PlainTimers) {
  std::optional<Timer> timer(std::in_place, "test", quiet());
  auto function = timer->decorate(add);
  auto copy = function;
  timer.reset();
  {
    const Timer another("another", quiet());
  }
  BOOST_TEST(function(1, 2) == 3);
  BOOST_TEST(copy(3, 4) == 7);
}

// This concept is what makes it a compile error to decorate a coroutine function.
BOOST_AUTO_TEST_CASE(what_is_a_coroutines_result) {
  BOOST_TEST((detail::CoroutineResult<Coroutine>));
  BOOST_TEST((detail::CoroutineResult<Coroutine, int, Counter&>));
  BOOST_TEST(!detail::CoroutineResult<int>);
  BOOST_TEST(!detail::CoroutineResult<void>);
  BOOST_TEST((!detail::CoroutineResult<Counter&, int>));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
