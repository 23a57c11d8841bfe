//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live_report.hpp>
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "common/child_process.hpp"
#include "common/error_code.hpp"
#include "common/fork_safety.hpp"
#include "common/hangs_after.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Work = asio::executor_work_guard<asio::io_context::executor_type>;

/// Shuts its services down twice, as thread_pool does, and io_context in newer versions of Asio.
class ShutDownTwice : public asio::io_context {
 public:
  ~ShutDownTwice() { shutdown(); }
};

BOOST_AUTO_TEST_SUITE(live_report_and_forks, *hangs_after(60))

BOOST_AUTO_TEST_CASE(a_child_goes_on) {
  BOOST_TEST(output_of_child([] {
               asio::io_context context;
               std::optional work{Work{context.get_executor()}};
               live_report(context, {.every = 1ms, .sink = [&](const Interval&) { work.reset(); }});
               context.notify_fork(asio::execution_context::fork_prepare);
               const pid_t child = ::fork();
               context.notify_fork(child == 0 ? asio::execution_context::fork_child
                                              : asio::execution_context::fork_parent);
               context.run();
               if (child == 0) std::_Exit(7);
               int status = 0;
               ::waitpid(child, &status, 0);
               std::printf("parent, and child %d", WEXITSTATUS(status));
             }) == "parent, and child 7");
}

BOOST_AUTO_TEST_CASE(a_child_that_asio_was_not_told_of_ends,
                     *boost::unit_test::precondition(forks_safely)) {
  // The report thread starts a new wait every microsecond, so the forks hit it in different states.
  BOOST_TEST(output_of_child([] {
               for (int i = 0; i < 100; ++i) {
                 auto other = std::make_unique<ShutDownTwice>();
                 live_report(*other, {.every = 1us});
                 live_report(asio::make_strand(*other), {.every = 1us});
                 report_on_signal(*other, SIGUSR1);
                 const pid_t child = ::fork();
                 other.reset();
                 if (child == 0) std::_Exit(7);
                 int status = 0;
                 ::waitpid(child, &status, 0);
                 if (WEXITSTATUS(status) != 7) return;
               }
               std::printf("100 children");
             }) == "100 children");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
