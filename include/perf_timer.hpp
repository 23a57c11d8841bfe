//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// Everything but the exporters, and but what needs Boost.Accumulators.

#include <perf_timer/asio/asio_perf_counter.hpp>
#include <perf_timer/asio/decorate.hpp>
#include <perf_timer/asio/perf_executor.hpp>
#include <perf_timer/asio/wrap.hpp>
#include <perf_timer/clock/clock_traits.hpp>
#include <perf_timer/clock/thread_cpu_clock.hpp>
#include <perf_timer/clock/tsc_clock.hpp>
#include <perf_timer/live/live_report.hpp>
#include <perf_timer/live/report_on_crash.hpp>
#include <perf_timer/live/report_on_signal.hpp>
#include <perf_timer/recorder/timer_snapshot.hpp>
#include <perf_timer/report/format_duration.hpp>
#include <perf_timer/report/interval_reader.hpp>
#include <perf_timer/report/report_line.hpp>
#include <perf_timer/report/save_report.hpp>
#include <perf_timer/report/write_report.hpp>
#include <perf_timer/report/write_table.hpp>
#include <perf_timer/statistics/average_observer.hpp>
#include <perf_timer/statistics/histogram_observer.hpp>
#include <perf_timer/statistics/observer.hpp>
#include <perf_timer/statistics/p_square_observer.hpp>
#include <perf_timer/statistics/stddev_observer.hpp>
#include <perf_timer/timers/asio_perf_timer.hpp>
#include <perf_timer/timers/measure_overhead.hpp>
#include <perf_timer/timers/perf_timer.hpp>
#include <perf_timer/timers/timer_options.hpp>
#include <perf_timer/trace/trace.hpp>
