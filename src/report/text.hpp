//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

/// Pieces of text that the line and the table share.
namespace perf_timer::inline v0_1::detail {

/// What follows a number of nanoseconds, microseconds, milliseconds, seconds.
using UnitSuffixes = std::array<std::string_view, 4>;
inline constexpr UnitSuffixes long_units{" nsec", " usec", " msec", " sec"};
inline constexpr UnitSuffixes short_units{"ns", "us", "ms", "s"};

/// See `format_duration`.
std::string duration_text(double nanoseconds, int significant_digits, const UnitSuffixes& units);

/// "50%", "99.9%", without the noise of binary fractions.
std::string quantile_label(double probability);

/// `text` with its lines broken between words where they are wider than `width`, if that isn't 0.
std::string wrapped(std::string_view text, std::size_t width);

/// `text` on one line, as UTF-8: quotes, backslashes, what a terminal would obey and what isn't
/// UTF-8 escaped, all else unchanged.
std::string escaped(std::string_view text);

/// How a piece of text stands out on a terminal.
enum class Style { plain, bold, dim, good, warning, bad };

/// `text` with the escape sequences of the style, if `colour`.
std::string styled(std::string text, Style style, bool colour);

/// Columns that UTF-8 `text` takes, if each code point takes one and what `styled` adds none.
std::size_t display_width(std::string_view text);

/// `text`, with its middle replaced by "..." if it is wider than `limit`.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace perf_timer::inline v0_1::detail
