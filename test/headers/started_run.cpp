//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/started_run.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <type_traits>

namespace {

using StartedRun = perf_timer::StartedRun<std::chrono::steady_clock>;

/// What an object does with its run. The timer that starts it is in a header of its own.
class Session {
 public:
  explicit Session(StartedRun run) : run_(std::move(run)) {}

  auto executor(boost::asio::io_context& context) const { return run_.wrap(context); }
  void end(bool well) { well ? run_.stop() : run_.fail(); }
  void forget() { run_.cancel(); }

 private:
  StartedRun run_;
};

BOOST_AUTO_TEST_CASE(started_run) {
  static_assert(std::is_move_constructible_v<Session> && std::is_move_assignable_v<Session>);
  static_assert(!std::is_copy_constructible_v<Session>);
  using Wrapped =
      decltype(std::declval<Session&>().executor(std::declval<boost::asio::io_context&>()));
  static_assert(boost::asio::execution::is_executor<Wrapped>::value);
  BOOST_TEST(sizeof(StartedRun) <= 11 * sizeof(void*));
}

}  // namespace
