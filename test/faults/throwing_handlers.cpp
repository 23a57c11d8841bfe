//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Handlers dispatch one another inline, and one of them throws. Asio decides what happens to the
// exception: an io_context stores it, lets the enclosing handlers go on, and rethrows it from
// `run`; a strand lets it pass through all handlers that run inline. What is counted follows from
// that.
#include "faults/inline_world.hpp"

#include <boost/asio/dispatch.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

constexpr int deepest = 8;

/// Handlers of depth 1 to `depth`. Each computes 1, dispatches the next one, and computes 2, all
/// inside a measured run. The one at `throws_at` throws instead of dispatching.
class Nest {
 public:
  Nest(Kind kind, int depth, int throws_at) : world_(kind), depth_(depth), throws_at_(throws_at) {
    for (int i = 0; i < depth; ++i) {
      wrapped_.push_back(std::make_unique<Timer>("wrapped"));
      measured_.push_back(std::make_unique<Timer>("measured"));
    }
  }

  void run() {
    post(1);
    BOOST_CHECK_THROW(world_.context().run(), std::runtime_error);
    // If Asio stored the exception, the handlers went on to their ends. If not, it left `run` at
    // once.
    BOOST_TEST(world_.context().run() == 0u);
  }

  /// The same again without an exception.
  void run_again() {
    throws_at_ = 0;
    world_.context().restart();
    post(1);
    world_.context().run();
  }

  void check_counts() const {
    const int failed_from = world_.exceptions_pass() ? 1 : throws_at_;
    for (int i = 1; i <= depth_; ++i) {
      const bool ran = i < failed_from;
      const bool failed = i >= failed_from && i <= throws_at_;
      BOOST_TEST_CONTEXT("depth " << i) {
        if (world_.feeds_timers()) {
          check_outcomes(wrapped(i), ran ? 1 : 0, failed ? 1 : 0, 0);
          BOOST_TEST(wrapped(i).snapshot().busy.total.count() == (ran ? 3 : 0));
        }
        check_outcomes(measured(i), ran ? 1 : 0, failed ? 1 : 0, 0);
        // The handlers inside it: the one that throws computes 1, those between compute 3.
        const int inside = 1 + 3 * (throws_at_ - i);
        BOOST_TEST(measured(i).snapshot().busy.total.count() == (ran ? inside : 0));
      }
    }
  }

  void check_added_by_running_again(const std::vector<TimerSnapshot>& before) const {
    for (int i = 1; i <= depth_; ++i) {
      BOOST_TEST_CONTEXT("depth " << i) {
        const auto was = [&](std::size_t which) {
          return before[2 * static_cast<std::size_t>(i - 1) + which];
        };
        if (world_.feeds_timers()) {
          BOOST_TEST(wrapped(i).snapshot().busy.total - was(0).busy.total ==
                     std::chrono::nanoseconds(3));
          BOOST_TEST(wrapped(i).snapshot().failed == was(0).failed);
        }
        BOOST_TEST(measured(i).snapshot().runs == was(1).runs + 1);
        BOOST_TEST(measured(i).snapshot().failed == was(1).failed);
        BOOST_TEST(measured(i).snapshot().busy.total - was(1).busy.total ==
                   std::chrono::nanoseconds(3 * (depth_ - i + 1)));
        BOOST_TEST(measured(i).snapshot().lost == 0u);
      }
    }
  }

  [[nodiscard]] std::vector<TimerSnapshot> snapshots() const {
    std::vector<TimerSnapshot> all;
    for (int i = 1; i <= depth_; ++i) {
      all.push_back(wrapped(i).snapshot());
      all.push_back(measured(i).snapshot());
    }
    return all;
  }

 private:
  [[nodiscard]] Timer& wrapped(int i) const { return *wrapped_[static_cast<std::size_t>(i - 1)]; }
  [[nodiscard]] Timer& measured(int i) const { return *measured_[static_cast<std::size_t>(i - 1)]; }

  void post(int i) {
    world_.with_executor(
        wrapped(i), [&](const auto& executor) { asio::post(executor, [this, i] { handle(i); }); });
  }

  void handle(int i) {
    const auto run = measured(i).measure();
    Clock::advance(1);
    if (i == throws_at_) throw std::runtime_error("handler");
    if (i < depth_) {
      world_.with_executor(wrapped(i + 1), [&](const auto& executor) {
        asio::dispatch(executor, [this, i] { handle(i + 1); });
      });
    }
    Clock::advance(2);
  }

  InlineWorld world_;
  const int depth_;
  int throws_at_;
  std::vector<std::unique_ptr<Timer>> wrapped_, measured_;
};

BOOST_AUTO_TEST_SUITE(throwing_handlers)

BOOST_AUTO_TEST_CASE(at_every_depth_of_every_nest) {
  for (const Kind kind : every_kind)
    for (int depth = 1; depth <= deepest; ++depth)
      for (int throws_at = 1; throws_at <= depth; ++throws_at)
        BOOST_TEST_CONTEXT(kind << ", " << throws_at << " of " << depth << " throws") {
          Nest nest(kind, depth, throws_at);
          nest.run();
          nest.check_counts();
          check_thread_is_clean();

          const auto before = nest.snapshots();
          nest.run_again();
          nest.check_added_by_running_again(before);
          check_thread_is_clean();
        }
}

BOOST_AUTO_TEST_CASE(several_throw_in_one_nest) {
  asio::io_context context;
  Timer outer("outer"), first("first"), second("second"), after("after");
  asio::post(outer.wrap(context), [&] {
    Clock::advance(1);
    asio::dispatch(first.wrap(context), [] {
      Clock::advance(10);
      throw std::runtime_error("first");
    });
    asio::dispatch(second.wrap(context), [] {
      Clock::advance(100);
      throw std::runtime_error("second");
    });
    Clock::advance(1);
  });
  asio::post(after.wrap(context), [] { Clock::advance(7); });
  BOOST_CHECK_THROW(context.run(), std::exception);
  context.run();
  check_busy(outer, 2);
  check_outcomes(first, 0, 1, 0);
  check_outcomes(second, 0, 1, 0);
  check_busy(after, 7);
  check_thread_is_clean();
}

BOOST_AUTO_TEST_CASE(caught_by_the_handler_that_dispatched) {
  asio::io_context context;
  const auto strand = asio::make_strand(context);
  Timer outer("outer"), inner("inner"), around("around");
  asio::post(outer.wrap(strand), [&] {
    const auto run = around.measure();
    Clock::advance(1);
    BOOST_CHECK_THROW(asio::dispatch(inner.wrap(strand),
                                     [] {
                                       Clock::advance(10);
                                       throw std::runtime_error("inner");
                                     }),
                      std::runtime_error);
    Clock::advance(2);
  });
  context.run();
  check_busy(outer, 3);
  check_busy(around, 13);
  check_outcomes(inner, 0, 1, 0);
}

BOOST_AUTO_TEST_CASE(a_handler_with_several_timers_has_failed_in_each) {
  asio::io_context context;
  Timer one("one"), other("other");
  asio::post(other.wrap(one.wrap(context)), [] { throw std::runtime_error("handler"); });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  check_outcomes(one, 0, 1, 0);
  check_outcomes(other, 0, 1, 0);
}

BOOST_AUTO_TEST_CASE(thrown_through_a_run_around_the_context) {
  asio::io_context context;
  Timer around("around"), inside("inside");
  asio::post(inside.wrap(context), [] {
    Clock::advance(4);
    throw 5;  // not derived from std::exception
  });
  asio::post(inside.wrap(context), [] { Clock::advance(6); });
  BOOST_CHECK_THROW(
      {
        const auto run = around.measure();
        context.run();
      },
      int);
  check_outcomes(around, 0, 1, 0);
  {
    const auto run = around.measure();
    context.run();
  }
  check_outcomes(around, 1, 1, 0);
  BOOST_TEST(around.snapshot().busy.total.count() == 0);  // it was posted before the run began
  check_outcomes(inside, 1, 1, 0);
  BOOST_TEST(inside.snapshot().busy.total.count() == 6);
  check_thread_is_clean();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
