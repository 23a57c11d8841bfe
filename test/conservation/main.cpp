//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// What was begun is what is counted, exactly, whatever threads did it: against what each thread
// knows itself of what it did. About a million runs; with PERF_TIMER_LONG=n in the environment n
// times as many: a dozen is ten million and more, in a few minutes.
#define BOOST_TEST_MODULE conservation
#include <boost/test/unit_test.hpp>
