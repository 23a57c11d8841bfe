//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/asio_perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <string_view>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

const perf_timer::TimerOptions quiet{.log = [](std::string_view) {}};

asio::awaitable<int> doubled(int number) {
  co_await asio::post(asio::use_awaitable);
  co_return 2 * number;
}

template <class Timer>
asio::awaitable<void> use(Timer& timer, int& sum) {
  auto run = timer.measure();
  sum += co_await timer.decorate(doubled(1));
  sum += co_await timer.decorate(doubled)(10);
  run.stop();
}

template <class Clock>
void check_timer() {
  using Timer = perf_timer::BasicAsioPerfTimer<Clock>;
  Timer handlers{"handlers", quiet}, requests{"requests", quiet};
  const auto before = Timer::clock::now();
  asio::io_context context;
  int sum = 0;
  asio::post(handlers.wrap(context), [&] { sum += 100; });
  asio::post(handlers.wrap(asio::make_strand(context)), [&] { sum += 1'000; });
  context.run();
  BOOST_TEST(handlers.snapshot().runs == 2u);
  BOOST_TEST((handlers.snapshot().kind == perf_timer::TimerKind::executor));

  context.restart();
  asio::co_spawn(handlers.wrap(context), use(requests, sum), asio::detached);
  context.run();
  sum += requests.decorate([](int number) { return number; })(10'000);
  typename Timer::Run cancelled = requests.measure();
  cancelled.cancel();
  requests.observe(1ms);
  BOOST_TEST(sum == 11'122);
  BOOST_TEST((Timer::clock::now() >= before));

  const auto snapshot = requests.snapshot();
  BOOST_TEST((snapshot.kind == perf_timer::TimerKind::task));
  BOOST_TEST(snapshot.runs == 5u);
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(snapshot.failed == 0u);
  BOOST_TEST(snapshot.elapsed.count == 5u);
}

BOOST_AUTO_TEST_CASE(asio_perf_timer) {
  static_assert(std::is_same_v<perf_timer::AsioPerfTimer::clock, std::chrono::steady_clock>);
  check_timer<perf_timer::AsioPerfTimer::clock>();
  check_timer<std::chrono::system_clock>();
}

}  // namespace
