//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A fault is planted in a server. The reports must name it, and nobody else.
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/stacktrace_symbols.hpp>
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include "common/sampled_clock.hpp"
#include "live/stuck_thread.hpp"
#include "planting/server.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/test/unit_test.hpp>

#include <pthread.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace perf_timer::test::planting {
namespace {

using namespace std::chrono_literals;
using Clock = FreeSampledClock;
using Lines = std::vector<std::string>;

/// Work on the manual clock.
Work manual() {
  return {.compute = [](int n) { Clock::compute(n); },
          .preempted = [](int n) { Clock::block(n); },
          .pass = [](int n) { Clock::block(n); },
          .block = [] { Clock::block(100'000); }};
}

/// Serves with this fault, and checks what the report says is wrong. A `#` stands for how many
/// functions of "connections" were sampled: versions of Asio execute a coroutine in more functions,
/// or fewer.
void check(Fault fault, Lines complaints) {
  Server<Clock> server(fault, manual());
  server.serve();
  for (std::string& line : complaints)
    boost::algorithm::replace_first(line, "#", std::to_string(server.sampled_functions()));
  BOOST_TEST(server.complaints() == complaints, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE(planted)

BOOST_AUTO_TEST_CASE(no_fault) { check(Fault::none, {}); }

BOOST_AUTO_TEST_CASE(a_convoy_on_one_strand) {
  check(
      Fault::convoy,
      {"queued of \"GET /account\": 100% for a strand that another function held, 0% for a thread",
       "queued of \"ledger\": 100% for a strand that another function held, 0% for a thread"});
}

BOOST_AUTO_TEST_CASE(a_pool_too_small) {
  check(
      Fault::small_pool,
      {"queued of \"connections\": 0% for a strand that another function held, 100% for a thread"});
}

BOOST_AUTO_TEST_CASE(a_slow_upstream) { check(Fault::slow_upstream, {"idle: GET /proxy"}); }

BOOST_AUTO_TEST_CASE(a_neighbour_that_takes_the_processor) {
  check(Fault::neighbour,
        {"busy of \"connections\": 36% on a processor, 64% blocked or preempted, in # sampled runs",
         "busy of \"GET /search\": 25% on a processor, 75% blocked or preempted, in 10 sampled "
         "runs"});
}

BOOST_AUTO_TEST_CASE(a_handler_that_blocks_a_little_inside_one) {
  check(Fault::blocks_inside,
        {"busy of \"connections\": 83% on a processor, 17% blocked or preempted, in # sampled runs",
         "busy of \"GET /search\": 75% on a processor, 25% blocked or preempted, in 10 sampled "
         "runs"});
}

BOOST_AUTO_TEST_CASE(a_request_that_never_ends) {
  Server<Clock> server(Fault::never_ends, manual());
  server.serve();
  BOOST_TEST(server.complaints() == Lines{"open 1 of \"GET /account\": the oldest for 455us"},
             boost::test_tools::per_element());
  const auto open = open_runs();
  BOOST_REQUIRE(open.size() == 1u);
  BOOST_TEST(open[0].name == "GET /account");
  BOOST_TEST((open[0].state == OpenRunState::idle));
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_polls_and_burns) {
  // On a thread of its own, whose samples nobody else has a part in.
  std::thread([] {
    ::pthread_setname_np(::pthread_self(), "burns");
    detail::StallDetector watch{{.longer_than = 1h, .ask = false}, 60s};
    Work work = manual();
    work.compute = [&](int n) {
      Clock::compute(n);
      for (int i = 0; i < n / 1000; ++i) static_cast<void>(watch.look(&detail::steady_now));
    };
    Server<Clock> server(Fault::burning_poll, work);
    server.serve();
    BOOST_TEST(
        server.complaints() == Lines{"steps of \"GET /watch\": 1001.0 a run, the longest 1.00us"},
        boost::test_tools::per_element());
    for (const auto& thread : thread_snapshots()) {
      if (thread.name != "burns") continue;
      BOOST_REQUIRE(!thread.executed.empty());
      const auto& most = thread.executed[0];
      BOOST_TEST(most.run == "GET /watch");
      BOOST_TEST(most.samples == 1000u);
      BOOST_TEST(thread.samples == 1000u + 10 * (5 + 30 + 20));
      return;
    }
    BOOST_ERROR("the thread isn't there");
  }).join();
}

/// What a watch tells of a server that blocks, on a thread of this name.
class Watched {
 public:
  Watched(Fault fault, const char* name) {
    const auto watch = watch_stalls({.longer_than = 20ms,
                                     .sink = [&](const Stall& stall) { tell(stall); },
                                     .symbols = stacktrace_symbols});
    Server<std::chrono::steady_clock> server(fault, {.block = [this] { until_it_is_told(); }});
    std::thread([&] {
      ::pthread_setname_np(::pthread_self(), name);
      name_ = name;
      server.serve();
    }).join();
    complaints_ = server.complaints();
  }

  /// As it was told while it lasted.
  [[nodiscard]] const Stall& stall() const { return *stall_; }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    out << stall();
    return out.str();
  }
  /// Those of the report that are about stalls.
  [[nodiscard]] Lines complaints() const {
    Lines found;
    for (const auto& line : complaints_)
      if (line.starts_with("stalls ")) found.push_back(line.substr(0, line.find(": ")));
    return found;
  }

 private:
  void tell(const Stall& stall) {
    const std::lock_guard lock(mutex_);
    if (stall.thread_name != name_ || stall.over || stall.frames.empty() || stall_) return;
    stall_ = stall;
    is_told_.notify_all();
  }
  void until_it_is_told() {
    std::unique_lock lock(mutex_);
    is_told_.wait(lock, [this] { return stall_.has_value(); });
  }

  std::mutex mutex_;
  std::condition_variable is_told_;
  std::string name_;
  std::optional<Stall> stall_;
  Lines complaints_;
};

BOOST_AUTO_TEST_CASE(a_handler_that_blocks_outside_of_every_run) {
  const Watched server(Fault::blocks_outside, "logs");
  BOOST_TEST(server.stall().runs.empty());
  BOOST_TEST(server.stall().timers.empty());
  BOOST_TEST(server.text().find("writes_its_log_to_a_full_disk") != std::string::npos);
  BOOST_TEST(server.text().find("GET /") == std::string::npos);
  BOOST_TEST(server.complaints() == Lines{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_handler_that_blocks_inside_one) {
  const Watched server(Fault::blocks_inside, "resolves");
  BOOST_TEST(server.stall().runs == Lines{"GET /search"}, boost::test_tools::per_element());
  BOOST_TEST(server.stall().timers == Lines{"connections"}, boost::test_tools::per_element());
  BOOST_TEST(server.text().find("asks_a_slow_name_server") != std::string::npos);
  BOOST_TEST(server.text().find("GET /account") == std::string::npos);
  BOOST_TEST(
      server.complaints() == (Lines{"stalls 1 of \"connections\"", "stalls 1 of \"GET /search\""}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::planting
