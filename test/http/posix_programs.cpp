//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Programs that end, fork, and run out of everything while they are served.
#include <perf_timer/detail/platform/sanitizers.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>

#include "common/fork_safety.hpp"
#include "common/hangs_after.hpp"
#include "environment/running_program.hpp"
#include "http/client.hpp"
#include "http/messages.hpp"

namespace perf_timer::test {
namespace {

using ::test::RunningProgram;

/// A program that is served. It ends when its input does.
class Served {
 public:
  explicit Served(const char* what) : program({SERVED_PROGRAM, what}, {}) {
    BOOST_TEST_REQUIRE(program.prints("\n"));
    port = static_cast<std::uint16_t>(std::stoi(program.out()));
  }

  RunningProgram program;
  std::uint16_t port = 0;
};

// ThreadSanitizer hands signals over when a thread calls the system, so that a stuck one explains
// nothing. It refuses threads in the child of a fork that had some, and it sees what threads do at
// exit with a static timer after its destructor has run, as they may.
const boost::unit_test::enable_if<!detail::has_thread_sanitizer> unless_tsan;

BOOST_AUTO_TEST_SUITE(programs, *hangs_after(120))

BOOST_AUTO_TEST_CASE(that_are_stuck_say_where, *unless_tsan) {
  Served served("stuck");
  // Its threads may not have come to the lock yet, and one that has just come there isn't asked for
  // whom it executes.
  std::string now;
  do now = get(served.port, "/now").body();
  while (!has(now, "steps that execute: 2\n") || !has(now, "the oldest first: 2\n") ||
         !has(now, ", for GET /stuck"));
  BOOST_TEST(get(served.port, "/report").result_int() == 200u);
  std::string stalls;
  do stalls = get(served.port, "/stalls").body();
  while (!has(stalls, "the latest first: 2\n"));
  BOOST_TEST(has(stalls, " UTC: thread "), stalls);
  BOOST_TEST(has(stalls, "on behalf of a run of \"GET /stuck\""), stalls);
  BOOST_TEST(served.program.wait() == 0);
}

// AddressSanitizer needs descriptors of its own, and its allocator isn't made for a child of
// `fork`.
using but_for_asan = boost::unit_test::enable_if<!detail::has_address_sanitizer>;

BOOST_AUTO_TEST_CASE(that_have_no_descriptors_left_are_served_one_after_the_other,
                     *but_for_asan()) {
  Served served("descriptors");
  for (int i = 0; i < 20; ++i)
    BOOST_TEST(get(served.port, "/report", "Connection: close\r\n").result_int() == 200u);
  BOOST_TEST(served.program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(that_have_none_left_do_not_wait_for_who_says_nothing, *but_for_asan()) {
  Served served("descriptors");
  std::deque<Client> silent;
  for (int i = 0; i < 30; ++i) silent.emplace_back(served.port);
  BOOST_TEST(get(served.port, "/report").result_int() == 200u);
  // Each of them alone could have been waited for, for five seconds.
  BOOST_TEST(silent.back().rest() == "");
  BOOST_TEST(served.program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(may_exit_while_they_are_asked, *unless_tsan) {
  for (const char* const how : {"exit", "exit over it"})
    for (int i = 0; i < 10; ++i) {
      Served served(how);
      std::atomic<bool> over{false};
      std::thread asks([&, port = served.port] {
        while (!over) try {
            Client client(port);
            for (const char* const target : {"/report", "/perf.json", "/metrics", "/now"})
              client.send(request(target)).answer();
          } catch (const boost::system::system_error&) {  // it has ended
          }
      });
      BOOST_TEST(get(served.port, "/report").result_int() == 200u);
      BOOST_TEST(served.program.wait() == 0);
      BOOST_TEST(served.program.err() == "");
      over = true;
      asks.join();
    }
}

BOOST_AUTO_TEST_CASE(that_fork_leave_the_port_to_the_child,
                     *boost::unit_test::enable_if<!detail::has_address_sanitizer &&
                                                  !detail::has_thread_sanitizer>() *
                         boost::unit_test::precondition(forks_beside_threads)) {
  Served served("fork");
  BOOST_TEST(get(served.port, "/index").result_int() == 200u);
}

BOOST_AUTO_TEST_CASE(clients_that_send_nothing_keep_nobody_out_and_are_hung_up_on) {
  Served served("stuck");
  std::deque<Client> clients;
  for (int i = 0; i < 400; ++i) {
    clients.emplace_back(served.port);
    if (i % 2 == 0) clients.back().send("GET / HT");
  }
  BOOST_TEST(get(served.port, "/index").result_int() == 200u);
  for (Client& client : clients) BOOST_TEST(client.rest() == "");
  BOOST_TEST(get(served.port, "/index").result_int() == 200u);
  BOOST_TEST(served.program.wait() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
