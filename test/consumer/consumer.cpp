//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a consumer's first program would use: one header, both ends of the library, a report.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iostream>
#include <perf_timer.hpp>

namespace {

boost::asio::awaitable<void> request() { co_await boost::asio::post(boost::asio::use_awaitable); }

}  // namespace

int main() {
  perf_timer::PerfTimer setup{"set up"};
  perf_timer::AsioPerfTimer steps{"step"};
  perf_timer::AsioPerfTimer requests{"request"};

  boost::asio::io_context context;
  const auto executor = steps.wrap(context);
  {
    const auto run = setup.measure();
    for (int i = 0; i < 3; ++i) {
      boost::asio::co_spawn(executor, requests.decorate(request()), boost::asio::detached);
    }
    boost::asio::post(executor, [] {});
  }
  context.run();

  perf_timer::write_report(std::cout);
  return setup.snapshot().runs == 1 && steps.snapshot().runs >= 4 && requests.snapshot().runs == 3
             ? 0
             : 1;
}
