//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// Everything but the exporters, and but what needs Boost.Accumulators.

#include <perf_timer/asio_perf_counter.hpp>
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/average_observer.hpp>
#include <perf_timer/detail/asio/decorate.hpp>
#include <perf_timer/format_duration.hpp>
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/live_report.hpp>
#include <perf_timer/measure_overhead.hpp>
#include <perf_timer/observer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/perf_executor.hpp>
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/report_on_crash.hpp>
#include <perf_timer/report_on_signal.hpp>
#include <perf_timer/save_report.hpp>
#include <perf_timer/stddev_observer.hpp>
#include <perf_timer/thread_cpu_clock.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/timer_options.hpp>
#include <perf_timer/timer_snapshot.hpp>
#include <perf_timer/trace.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/write_report.hpp>
#include <perf_timer/write_table.hpp>
