//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/io_context.hpp>

void untracked_live(boost::asio::io_context& context) { perf_timer::report_on_signal(context, 10); }
