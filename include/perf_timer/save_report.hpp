//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <filesystem>

namespace perf_timer::inline v0_1 {

/// Writes the table of every live timer, as `write_report` does, to a file that is replaced as a
/// whole: whoever reads it sees the old report or the new one, and a program that is killed
/// meanwhile leaves the old one. From time to time, what is lost by a crash is no more than that:
///
///     live_report(context, {.every = 1min, .sink = [](auto&) { save_report("perf.txt"); }});
///
/// Throws `std::filesystem::filesystem_error` if it can't be written; the old one is then still
/// there. Thread safety: any number of threads, the last of which wins.
PERF_TIMER_EXPORT void save_report(const std::filesystem::path& file);

}  // namespace perf_timer::inline v0_1
