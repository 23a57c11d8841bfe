//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A plugin with static timers of its own, which uses the program's copy of the library.
#include "faults/programs/programs_api.hpp"

#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <string_view>

namespace {

perf_timer::BasicAsioPerfTimer<HostClock> wrapped{"plugin wrapped",
                                                  {.log = [](std::string_view) {}}};
perf_timer::ThreadPerfTimer observed{"plugin", {.observer = perf_timer::AverageObserver{}}};

}  // namespace

void plugin_run(boost::asio::io_context& context, Executed executed) {
  observed.observe(std::chrono::nanoseconds(5));
  boost::asio::post(wrapped.wrap(context), executed);
  boost::asio::post(perf_timer::instrument<HostClock>(context), executed);
}
