//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// What most programs need: the timers, executors, observers and reports. Not here, because few
/// programs need them and they take time to compile: `live_report.hpp`, `report_on_signal.hpp`,
/// `report_on_crash.hpp`, `save_report.hpp`, `accumulator_observer.hpp` and the exporters.

#include <perf_timer/asio_perf_counter.hpp>
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/average_observer.hpp>
#include <perf_timer/format_duration.hpp>
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/label_run.hpp>
#include <perf_timer/measure_overhead.hpp>
#include <perf_timer/observer.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/perf_executor.hpp>
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/started_run.hpp>
#include <perf_timer/stddev_observer.hpp>
#include <perf_timer/task.hpp>
#include <perf_timer/thread_cpu_clock.hpp>
#include <perf_timer/timed.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/timer_options.hpp>
#include <perf_timer/timer_snapshot.hpp>
#include <perf_timer/trace.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/unfenced_clock.hpp>
#include <perf_timer/version.hpp>
#include <perf_timer/write_report.hpp>
#include <perf_timer/write_table.hpp>
