//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// What was begun is what is counted, exactly, whatever threads did it: against what each thread
// knows itself of what it did.
//
// More than a million runs. PERF_TIMER_LONG=20 in the environment makes twenty times as many of
// them, in a few minutes; PERF_TIMER_BRIEF=100 a hundredth, to be repeated often under TSan, in the
// cases of two and four threads: --run_test='*/*/_1,_2'.
#define BOOST_TEST_MODULE conservation
#include <boost/test/unit_test.hpp>
