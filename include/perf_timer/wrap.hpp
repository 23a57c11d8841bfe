//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// `AsioPerfTimer::wrap` and what it returns: an executor that records each function it executes as
/// a run.
///
///     auto ledger = ledger_timer.wrap(asio::make_strand(context));
///     asio::post(ledger, [] { book(); });

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/perf_executor.hpp>
