//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Not for Windows: clang can't link std::promise with libstdc++, whose std::call_once has emulated
// thread_locals.
#include <perf_timer.hpp>
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <future>
#include <string>
#include <string_view>

#include "common/error_code.hpp"
#include "common/hangs_after.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

#if defined(_WIN32)
constexpr int a_signal = SIGBREAK, another_signal = SIGTERM;
constexpr int no_signals[] = {0, -1, 4711, 9};
#else
constexpr int a_signal = SIGUSR1, another_signal = SIGUSR2;
constexpr int no_signals[] = {0, -1, 4711, SIGKILL, SIGSTOP};
#endif

const TimerOptions quiet{.log = [](std::string_view) {}};

/// The texts that a log function gets, one after the other.
class Texts {
 public:
  [[nodiscard]] LogFunction log() {
    return [this](std::string_view text) {
      std::exchange(next_, std::promise<std::string>()).set_value(std::string(text));
    };
  }
  [[nodiscard]] std::future<std::string> next() { return next_.get_future(); }

 private:
  std::promise<std::string> next_;
};

BOOST_AUTO_TEST_SUITE(report_on_signal_, *hangs_after(60))

BOOST_AUTO_TEST_CASE(a_context_that_nobody_runs_is_reported_too) {
  AsioPerfTimer timer{"GET /", quiet};
  timer.observe(5us);
  Texts texts;
  asio::io_context context;
  report_on_signal(context, a_signal, texts.log());
  for (int i = 0; i < 3; ++i) {
    auto text = texts.next();
    std::raise(a_signal);
    const std::string table = text.get();
    BOOST_TEST(table.find("GET /") != table.npos);
    BOOST_TEST(table.back() != '\n');
  }
}

BOOST_AUTO_TEST_CASE(it_is_no_work) {
  asio::io_context context;
  report_on_signal(context, a_signal);
  BOOST_TEST(context.run() == 0u);
}

BOOST_AUTO_TEST_CASE(several_signals_and_contexts) {
  Texts first, second;
  asio::io_context context;
  asio::thread_pool pool{1};
  report_on_signal(context, a_signal, first.log());
  report_on_signal(pool, another_signal, second.log());
  auto one = first.next();
  auto two = second.next();
  std::raise(another_signal);
  two.get();
  BOOST_TEST((one.wait_for(0s) == std::future_status::timeout));
  std::raise(a_signal);
  one.get();
}

BOOST_AUTO_TEST_CASE(signals_that_cannot_be_handled) {
  asio::io_context context;
  for (const int number : no_signals)
    BOOST_CHECK_THROW(report_on_signal(context, number), asio::system_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
