//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <filesystem>

namespace perf_timer::inline v0_1 {

/// Writes the table of every live timer, as `write_report` does, to a file.
///
/// The file is replaced as a whole. A reader sees the old report or the new one, and a program that
/// is killed meanwhile leaves the old one. Call it from time to time, and even `SIGKILL` loses only
/// what came after the last call:
///
///     perf_timer::live_report(
///         context, {.every = 1min, .sink = [](auto&) { perf_timer::save_report("perf.txt"); }});
///
/// It writes a temporary file in the same folder first. Throws `std::filesystem::filesystem_error`
/// if it can't write; the old report is still there then. Throws `std::bad_alloc`, and what an
/// observer throws. Thread safety: any thread; the last one wins.
PERF_TIMER_EXPORT void save_report(const std::filesystem::path& file);

}  // namespace perf_timer::inline v0_1
