//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Operations that many threads start and end.
#include <perf_timer/operations.hpp>

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include "common/long_mode.hpp"
#include "tracked.hpp"

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(threads)

namespace asio = boost::asio;

namespace {

struct Counted {
  std::atomic<std::uint64_t>& executed;
  void operator()() const { executed.fetch_add(1, std::memory_order_relaxed); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(each_handler_is_counted_once_and_none_is_left_open) {
  constexpr int most_threads = 8;
  const std::uint64_t each = perf_timer::test::scaled(5000);
  asio::io_context context;
  auto work = asio::make_work_guard(context);
  std::atomic<std::uint64_t> executed{0};
  std::vector<std::thread> running;
  for (int i = 0; i < most_threads; ++i) running.emplace_back([&] { context.run(); });
  std::vector<std::thread> posting;
  for (int i = 0; i < most_threads; ++i)
    posting.emplace_back([&] {
      for (std::uint64_t n = 0; n < each; ++n) asio::post(context, Counted{executed});
    });
  // Meanwhile, what has started is what has ended and what is open.
  std::uint64_t last = 0;
  for (int i = 0; i < 20; ++i) {
    const auto seen = tracked::called("execute", "Counted");
    BOOST_TEST(seen.count + seen.open >= last);
    last = seen.count;
  }
  for (auto& thread : posting) thread.join();
  work.reset();
  for (auto& thread : running) thread.join();
  const auto seen = tracked::called("execute", "Counted");
  BOOST_TEST(executed.load() == most_threads * each);
  BOOST_TEST(seen.count == executed.load());
  BOOST_TEST(seen.open == 0u);
  BOOST_TEST(seen.queued.count == executed.load());
  BOOST_TEST(seen.busy.count == executed.load());
}

BOOST_AUTO_TEST_CASE(what_a_context_never_executed_is_dropped) {
  struct Dropped {
    void operator()() const {}
  };
  {
    asio::io_context context;
    for (int i = 0; i < 3; ++i) asio::post(context, Dropped());
  }
  BOOST_TEST(tracked::called("execute", "Dropped").dropped == 3u);
  BOOST_TEST(tracked::called("execute", "Dropped").open == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
