//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Results of decorated awaitables: whatever an awaitable can return, a decorated one can.
#include <perf_timer/asio_perf_timer.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <any>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

/// Neither default-constructed nor copied nor assigned.
struct MoveOnly {
  explicit MoveOnly(int n) : value(std::make_unique<int>(n)) {}
  MoveOnly(MoveOnly&&) = default;
  MoveOnly& operator=(MoveOnly&&) = delete;
  std::unique_ptr<int> value;
};

/// Has no move of its own.
struct CopyOnly {
  explicit CopyOnly(int n) : value(n) {}
  CopyOnly(const CopyOnly& other) : value(other.value) {}
  CopyOnly& operator=(const CopyOnly&) = delete;
  int value;
};

/// Its move may throw.
struct ThrowingMove {
  explicit ThrowingMove(int n) : value(n) {}
  ThrowingMove(ThrowingMove&& other) noexcept(false) : value(other.value) {
    if (value < 0) throw value;
  }
  int value;
};

/// Converts from everything, itself as well.
struct FromAnything {
  template <class T>
  explicit FromAnything(T&&) : made_of(sizeof(T)) {}
  FromAnything(FromAnything&&) = default;
  std::size_t made_of;
};

struct Abstract {
  virtual ~Abstract() = default;
  [[nodiscard]] virtual int value() const = 0;
};
struct Concrete : Abstract {
  [[nodiscard]] int value() const override { return 5; }
};

template <class T>
asio::awaitable<T> make(auto value) {
  compute<Clock>(1);
  co_await nap();
  co_return T(std::move(value));
}

BOOST_AUTO_TEST_SUITE(results)

BOOST_AUTO_TEST_CASE(pass_as_they_are) {
  for (const bool instrumented : {true, false}) {
    asio::io_context context;
    QuietTimer<Clock> timer;
    const auto program = [&]() -> asio::awaitable<void> {
      BOOST_TEST(*(co_await timer.decorate(make<MoveOnly>(1))).value == 1);
      BOOST_TEST((co_await timer.decorate(make<CopyOnly>(2))).value == 2);
      BOOST_TEST((co_await timer.decorate(make<ThrowingMove>(3))).value == 3);
      BOOST_TEST((co_await timer.decorate(make<FromAnything>('4'))).made_of == sizeof(char));
      auto concrete = make<std::unique_ptr<Abstract>>(std::make_unique<Concrete>());
      BOOST_TEST((co_await timer.decorate(std::move(concrete)))->value() == 5);
      BOOST_TEST(std::any_cast<int>(co_await timer.decorate(make<std::any>(6))) == 6);
      BOOST_TEST((co_await timer.decorate(make<const std::string>("7"))) == "7");
      const auto error = std::make_exception_ptr(8);
      BOOST_TEST((co_await timer.decorate(make<std::exception_ptr>(error)) == error));
      auto awaitable = co_await timer.decorate(make<asio::awaitable<int>>(make<int>(9)));
      BOOST_TEST(co_await std::move(awaitable) == 9);
    };
    asio::any_io_executor executor = context.get_executor();
    if (instrumented) executor = instrument<Clock>(context);
    asio::co_spawn(executor, program(), [](std::exception_ptr error) { BOOST_TEST(!error); });
    context.run();
    instrumented ? check_busy(timer, 9, 9) : check_partial(timer, 9);
  }
}

// As without the timer.
BOOST_AUTO_TEST_CASE(a_move_that_throws_throws_through) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  int caught = 0;
  const auto throws_when_moved = []() -> asio::awaitable<ThrowingMove> {
    co_return co_await make<ThrowingMove>(-1);
  };
  const auto program = [&]() -> asio::awaitable<void> {
    try {
      co_await timer.decorate(throws_when_moved());
    } catch (int value) {
      caught = value;
    }
  };
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  context.run();
  BOOST_TEST(caught == -1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
