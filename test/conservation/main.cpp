//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// The timers count exactly the runs that were begun, whichever threads did it. Each thread keeps
// its own tally to compare with.
//
// More than a million runs. PERF_TIMER_LONG=20 in the environment makes it twenty times as many,
// which takes a few minutes. PERF_TIMER_BRIEF=100 makes it a hundredth, to repeat often under TSan
// with two and four threads: --run_test='*/*/_1,_2'.
#define BOOST_TEST_MODULE conservation
#include <boost/test/unit_test.hpp>
