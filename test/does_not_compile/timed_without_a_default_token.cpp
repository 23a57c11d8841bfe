//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: has no default completion token: name one, as in timed.timer, asio::use_awaitable
#include <perf_timer.hpp>

#include <boost/asio/async_result.hpp>

perf_timer::AsioPerfTimer timer{"wait"};

/// In Asio 1.26, most executors have no default token. In newer ones this one still says so.
struct Initiation {
  struct executor_type {
    using default_completion_token_type = void;
    void execute(auto) const {}
    friend bool operator==(const executor_type&, const executor_type&) = default;
  };
  executor_type get_executor() const { return {}; }
  void operator()(auto handler) const { handler(); }
};

void wait() {
#if WRONG == 1
  auto token = perf_timer::timed(timer);
#else
  auto token = perf_timer::timed(timer, [] {});
#endif
  boost::asio::async_initiate<decltype(token), void()>(Initiation(), token);
}
