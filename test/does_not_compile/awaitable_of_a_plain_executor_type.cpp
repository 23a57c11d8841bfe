//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: the Executor must be able to hold an instrumented one
#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>

perf_timer::AsioPerfTimer timer{"timer"};
using Awaitable = boost::asio::awaitable<void, boost::asio::io_context::executor_type>;

Awaitable decorated(Awaitable awaitable) { return timer.decorate(std::move(awaitable)); }
