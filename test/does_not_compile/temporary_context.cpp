//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: this execution context is a temporary
#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

perf_timer::AsioPerfTimer timer{"timer"};

#if WRONG == 1
auto instrumented = perf_timer::instrument(boost::asio::io_context());
#elif WRONG == 2
auto wrapped = timer.wrap(boost::asio::thread_pool(2));
#else
boost::asio::thread_pool pool(2);
auto wrapped = timer.wrap(pool);
#endif
