//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A thousand handlers, each dispatched inline by the one before.
#include "faults/inline_world.hpp"

#include <boost/asio/dispatch.hpp>

#include <pthread.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace perf_timer::test {
namespace {

constexpr int depth = 1000;

/// Runs on a thread whose stack is large enough even with a sanitizer.
void on_a_large_stack(std::function<void()> program) {
  pthread_attr_t attributes;
  BOOST_REQUIRE(pthread_attr_init(&attributes) == 0);
  BOOST_REQUIRE(pthread_attr_setstacksize(&attributes, std::size_t{256} << 20) == 0);
  pthread_t thread{};
  const auto start = [](void* argument) -> void* {
    (*static_cast<std::function<void()>*>(argument))();
    return nullptr;
  };
  BOOST_REQUIRE(pthread_create(&thread, &attributes, start, &program) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

class Recursion {
 public:
  Recursion(Kind kind, bool measured) : world_(kind), measures_(measured) {
    for (int i = 0; i < depth; ++i) {
      wrapped_.push_back(std::make_unique<Timer>("wrapped"));
      measured_.push_back(std::make_unique<Timer>("measured"));
    }
  }

  void run() {
    on_a_large_stack([this] {
      world_.with_executor(*wrapped_.front(), [this](const auto& executor) {
        asio::post(executor, [this] { handle(0); });
      });
      world_.context().run();
      check_thread_is_clean();
    });
  }

  /// The handler at depth i computed i + 1 before the next one, and 1 after it.
  void check() const {
    std::int64_t inside = 0;
    for (int i = depth - 1; i >= 0; --i) {
      inside += i + 2;
      BOOST_TEST_CONTEXT("depth " << i) {
        if (world_.feeds_timers()) check_busy(*wrapped_[static_cast<std::size_t>(i)], i + 2);
        if (measures_) check_busy(*measured_[static_cast<std::size_t>(i)], inside);
      }
    }
  }

 private:
  void handle(int i) {
    if (!measures_) return go_on(i);
    const auto run = measured_[static_cast<std::size_t>(i)]->measure();
    go_on(i);
  }

  void go_on(int i) {
    Clock::advance(i + 1);
    if (i + 1 < depth) {
      world_.with_executor(*wrapped_[static_cast<std::size_t>(i + 1)],
                           [this, i](const auto& executor) {
                             asio::dispatch(executor, [this, i] { handle(i + 1); });
                           });
    }
    Clock::advance(1);
  }

  InlineWorld world_;
  const bool measures_;
  std::vector<std::unique_ptr<Timer>> wrapped_, measured_;
};

BOOST_AUTO_TEST_SUITE(deep_recursion)

BOOST_AUTO_TEST_CASE(every_depth_has_its_own_number) {
  for (const Kind kind : every_kind) {
    for (const bool measured : {false, true}) {
      BOOST_TEST_CONTEXT(kind << (measured ? ", measured" : "")) {
        Recursion recursion(kind, measured);
        recursion.run();
        recursion.check();
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
