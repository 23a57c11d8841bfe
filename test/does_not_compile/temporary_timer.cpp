//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: this timer is a temporary, which is gone before what it measures ends: give it a name
#include <perf_timer.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

using boost::asio::awaitable;
using perf_timer::AsioPerfTimer;
using perf_timer::PerfTimer;
using perf_timer::ThreadPerfTimer;

awaitable<void> coroutine();
void function();

#if WRONG == 1
void call(boost::asio::io_context& context) {
  boost::asio::co_spawn(context, AsioPerfTimer{"timer"}.decorate(coroutine()),
                        boost::asio::detached);
}
#elif WRONG == 2
auto decorated = AsioPerfTimer{"timer"}.decorate(coroutine);
#elif WRONG == 3
auto decorated = PerfTimer{"timer"}.decorate(function);
#elif WRONG == 4
auto wrap(boost::asio::io_context& context) { return AsioPerfTimer{"timer"}.wrap(context); }
#elif WRONG == 5
auto run = AsioPerfTimer{"timer"}.start();
#elif WRONG == 6
auto run = AsioPerfTimer{"timer"}.measure();
#elif WRONG == 7
auto run = ThreadPerfTimer{"timer"}.measure();
#elif WRONG == 8
ThreadPerfTimer make() { return ThreadPerfTimer{"timer"}; }
auto decorated = make().decorate(function);
#else
static AsioPerfTimer timer{"timer"};
static ThreadPerfTimer thread_timer{"thread_timer"};
auto decorated = timer.decorate(coroutine());
auto wrap(boost::asio::io_context& context) { return timer.wrap(context); }
auto started = timer.start();
auto run = timer.measure();
auto thread_run = thread_timer.measure();
auto decorated_function = thread_timer.decorate(function);
auto recorded = (ThreadPerfTimer{"timer"}.observe(std::chrono::seconds(1)), 1);
#endif
