//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// `ThreadPerfTimer`, for code that any number of threads execute. Everything else is as with
/// `PerfTimer`, whose header declares both.

#include <perf_timer/perf_timer.hpp>
