//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What decorate takes for a function. Nothing that can be called may be refused.
#include <perf_timer/detail/timers/refuse.hpp>

#include "timers.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>

namespace perf_timer::test {
namespace {

struct Overloaded {
  int operator()(int n) { return n; }
  int operator()(int n, int m) & { return n + m; }
};
struct Inherits : Overloaded {};
struct Final final {
  int operator()(int n) const { return n; }
  int operator()(int n, int m) const { return n + m; }
};
struct Private {
 private:
  void operator()();
};
struct Virtual {
  virtual ~Virtual() = default;
  virtual int operator()(int) = 0;
};
struct Converts {
  using Function = int (*)(int);
  operator Function() const {
    return [](int n) { return n; };
  }
};
struct NoFunction {
  int n;
  operator int() const { return n; }
  operator const char*() const { return ""; }
};
union Union {
  int operator()(int n) { return n; }
};
enum class Enumeration { one };

template <class T>
constexpr bool taken = detail::may_be_function<std::decay_t<T>>();

static_assert(taken<void()> && taken<int (*)(int) noexcept> && taken<int (&)(...)>);
static_assert(taken<int Overloaded::*> && taken<void (Overloaded::*)() const>);
static_assert(taken<Overloaded> && taken<Inherits> && taken<Final> && taken<Virtual>);
static_assert(taken<Private> && taken<Union> && taken<Converts>);
static_assert(taken<std::function<void()>> && taken<std::reference_wrapper<Overloaded>>);
static_assert(taken<decltype([](auto... n) { return sizeof...(n); })>);
static_assert(taken<decltype([n = std::unique_ptr<int>()]() mutable noexcept {})>);
static_assert(taken<decltype(std::bind(std::plus<>(), std::placeholders::_1, 1))>);

static_assert(!taken<int> && !taken<const char (&)[7]> && !taken<std::nullptr_t>);
static_assert(!taken<int*> && !taken<Enumeration> && !taken<NoFunction>);
static_assert(!taken<std::string> && !taken<std::unique_ptr<int>> && !taken<std::tuple<int>>);

BOOST_AUTO_TEST_SUITE(functions)

BOOST_AUTO_TEST_CASE_TEMPLATE(of_every_kind_are_called, Timer, AllTimers) {
  Timer timer("test", quiet());
  Overloaded overloaded;
  BOOST_TEST(timer.decorate(overloaded)(1) == 1);
  auto two = timer.decorate(Overloaded());
  BOOST_TEST(two(1, 2) == 3);
  BOOST_TEST(timer.decorate(Inherits())(1) == 1);
  BOOST_TEST(timer.decorate(Final())(1, 2) == 3);
  BOOST_TEST(timer.decorate(std::ref(overloaded))(1) == 1);
  BOOST_TEST(timer.decorate(&NoFunction::n)(NoFunction{4}) == 4);
  BOOST_TEST(timer.decorate(Union())(5) == 5);
  BOOST_TEST(timer.decorate(Converts())(6) == 6);
  check_counts(timer, {.runs = 8});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
