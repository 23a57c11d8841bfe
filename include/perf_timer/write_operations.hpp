//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/table_options.hpp>

#include <iosfwd>
#include <span>

namespace perf_timer::inline v0_1 {

/// Writes a table of `operations()`, one row each. If there are none, it writes one line that says
/// how to track them.
///
///     perf_timer::write_operations(std::cout);
///
/// On a terminal the table fits its width and has colours, as `TableOptions::of(out)` says. Throws
/// `std::bad_alloc`, and what `out` is set to throw. Thread safety: any thread; distinct streams.
PERF_TIMER_EXPORT void write_operations(std::ostream& out);

/// Writes the same with these options, whether `out` is a terminal or not.
PERF_TIMER_EXPORT void write_operations(std::ostream& out, const TableOptions& options);

/// Writes a table of these `operations`. The columns are:
///  - the object and the operation, such as "socket.async_receive", and the place where it starts:
///    base name and line of the file, and the function if there is room or no file is known;
///  - how many of its handlers were called, and failed, cancelled and dropped, if there are any;
///  - waited, queued and busy: average and highest quantile.
///
/// The steps of a composed operation, such as "async_read", are one row unless `options` say
/// otherwise. Its count is that of its steps, and its times are those of a step.
///
/// A column has one unit, and its numbers have three digits. A "-" says that an operation has no
/// such number. Below the table it says how many operations were left out, and what is open.
///
/// The text is ASCII except for names. It is written at once, without the stream's formatting
/// flags. Throws `std::bad_alloc`, and what `out` is set to throw. Thread safety: any thread;
/// distinct streams.
PERF_TIMER_EXPORT void write_operations(std::ostream& out,
                                        std::span<const OperationSnapshot> operations,
                                        const TableOptions& options = {});

}  // namespace perf_timer::inline v0_1
