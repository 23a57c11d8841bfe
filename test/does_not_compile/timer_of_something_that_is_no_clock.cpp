//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: constraint
#include <perf_timer.hpp>

#if WRONG == 1
perf_timer::BasicPerfTimer<int> timer{"timer"};
#else
perf_timer::BasicPerfTimer<std::chrono::system_clock> timer{"timer"};
#endif
