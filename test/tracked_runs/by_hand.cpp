//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Coroutines that are resumed outside of every handler: by hand, in a destructor while an exception
// is in flight, and by an executor of the program's own.
#include "tracked_runs/followed.hpp"

#include <boost/asio/execution.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>

namespace perf_timer::test::tracked_runs {
namespace {

/// Keeps who waits for it.
class Event {
 public:
  auto async_wait() {
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [this](auto handler) { waits_.emplace_back(shared(std::move(handler))); },
        asio::use_awaitable);
  }
  /// Resumes them, here.
  void happen() {
    for (auto& one : std::exchange(waits_, {})) one();
  }

 private:
  // A std::function must be copyable.
  template <class Handler>
  struct Shared {
    std::shared_ptr<Handler> handler;
    void operator()() const { std::move (*handler)(); }
  };
  template <class Handler>
  static std::function<void()> shared(Handler handler) {
    return Shared<Handler>{std::make_shared<Handler>(std::move(handler))};
  }

  std::deque<std::function<void()>> waits_;
};

/// Calls it in a destructor that unwinds.
template <class Function>
void while_unwinding(Function function) {
  struct Called {
    Function& function;
    ~Called() { function(); }
  };
  try {
    const Called called{function};
    throw std::runtime_error("of somebody else");
  } catch (const std::runtime_error&) {
  }
}

/// An executor that isn't Asio's. What it is given waits for `run_all`.
struct OwnExecutor {
  asio::io_context* context;
  std::deque<std::function<void()>>* functions;

  template <class Function>
  void execute(Function function) const {
    const auto kept = std::make_shared<Function>(std::move(function));
    functions->emplace_back([kept] { std::move (*kept)(); });
  }
  [[nodiscard]] asio::execution_context& query(asio::execution::context_t) const {
    return *context;
  }
  static constexpr asio::execution::blocking_t query(asio::execution::blocking_t) {
    return asio::execution::blocking.never;
  }
  bool operator==(const OwnExecutor&) const = default;
};

void run_all(std::deque<std::function<void()>>& functions) {
  while (!functions.empty()) {
    const auto function = std::move(functions.front());
    functions.pop_front();
    function();
  }
}

struct Fixture {
  asio::io_context context;
  AsioPerfTimer timer{"run", quiet};
  Event event;
};

void check_ended(const TimerBase& timer, std::uint64_t runs, std::uint64_t failed) {
  const TimerSnapshot seen = timer.snapshot();
  BOOST_TEST(seen.runs == runs);
  BOOST_TEST(seen.failed == failed);
  BOOST_TEST(seen.lost + seen.partial == 0u);
}

BOOST_FIXTURE_TEST_SUITE(by_hand, Fixture)

BOOST_AUTO_TEST_CASE(one_that_ends_in_a_destructor_has_not_failed) {
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await event.async_wait();
  };
  asio::co_spawn(context, program(), asio::detached);
  run(context);
  while_unwinding([&] { event.happen(); });
  check_ended(timer, 1, 0);
}

BOOST_AUTO_TEST_CASE(one_that_begins_in_a_destructor_fails_later) {
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await event.async_wait();
    throw std::logic_error("its own");
  };
  while_unwinding([&] {
    asio::co_spawn(context, program(), asio::detached);
    context.poll();
  });
  event.happen();
  run(context);
  check_ended(timer, 0, 1);
}

BOOST_AUTO_TEST_CASE(one_that_fails_in_a_destructor) {
  const auto program = [&]() -> asio::awaitable<void> {
    try {
      const auto run = timer.measure();
      co_await event.async_wait();
      throw std::logic_error("its own");
    } catch (const std::logic_error&) {
    }
  };
  asio::co_spawn(context, program(), asio::detached);
  run(context);
  while_unwinding([&] { event.happen(); });
  check_ended(timer, 0, 1);
}

BOOST_AUTO_TEST_CASE(one_whose_child_ends_in_a_destructor) {
  const auto child = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await event.async_wait();
  };
  const auto program = [&]() -> asio::awaitable<void> {
    co_await child();
    const auto run = timer.measure();
  };
  asio::co_spawn(context, program(), asio::detached);
  run(context);
  while_unwinding([&] { event.happen(); });
  check_ended(timer, 2, 0);
}

BOOST_AUTO_TEST_CASE(one_on_an_executor_of_the_programs_own) {
  std::deque<std::function<void()>> functions;
  const asio::any_io_executor own = OwnExecutor{&context, &functions};
  const auto program = [&](int n) -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute(n);
    co_await event.async_wait();
    compute(2 * n);
  };
  asio::co_spawn(own, program(1), asio::detached);
  asio::co_spawn(own, program(10), asio::detached);
  run_all(functions);
  compute(100);  // nobody's
  event.happen();
  run_all(functions);
  check_ended(timer, 2, 0);
  BOOST_TEST(timer.snapshot().busy.total.count() == 33);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::tracked_runs
