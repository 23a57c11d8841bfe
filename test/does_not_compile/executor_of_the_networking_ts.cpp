//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: use make_strand.context. in place of io_context::strand, and any_io_executor in place of
// asio::executor
#include <perf_timer.hpp>

#include <boost/asio/executor.hpp>
#include <boost/asio/io_context_strand.hpp>

using boost::asio::io_context;

io_context context;
io_context::strand strand{context};
boost::asio::executor executor = context.get_executor();
perf_timer::AsioPerfTimer timer{"timer"};

#if WRONG == 1
auto instrumented = perf_timer::instrument(strand);
#elif WRONG == 2
auto wrapped = timer.wrap(strand);
#elif WRONG == 3
auto task = perf_timer::task(strand);
#elif WRONG == 4
auto run = timer.start();
auto wrapped = run.wrap(strand);
#elif WRONG == 5
auto instrumented = perf_timer::instrument(executor);
#elif WRONG == 6
auto wrapped = timer.wrap(executor);
#elif WRONG == 7
auto task = perf_timer::task(executor);
#elif WRONG == 8
auto run = timer.start();
auto wrapped = run.wrap(executor);
#elif WRONG == 9
auto instrumented = perf_timer::PerfExecutor(strand);
#elif WRONG == 10
// An execution context whose executor is such a one.
struct Context : boost::asio::execution_context {
  boost::asio::executor get_executor() { return executor; }
} old;
auto instrumented = perf_timer::instrument(old);
#else
auto instrumented = perf_timer::instrument(boost::asio::make_strand(context));
auto wrapped = timer.wrap(boost::asio::any_io_executor(context.get_executor()));
auto task = perf_timer::task(context);
auto run = timer.start();
auto on_behalf = run.wrap(boost::asio::make_strand(context));
auto typed = perf_timer::PerfExecutor(boost::asio::make_strand(context));
#endif
