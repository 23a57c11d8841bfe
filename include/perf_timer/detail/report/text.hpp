//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/utf8.hpp>  // escaped

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

/// Pieces of text that lines and tables share.
namespace perf_timer::inline v0_1::detail {

/// Suffixes for nanoseconds, microseconds, milliseconds and seconds.
using UnitSuffixes = std::array<std::string_view, 4>;
inline constexpr UnitSuffixes long_units{" nsec", " usec", " msec", " sec"};
inline constexpr UnitSuffixes short_units{"ns", "us", "ms", "s"};

/// See `format_duration`.
std::string duration_text(double nanoseconds, int significant_digits, const UnitSuffixes& units);

/// Formats a probability as "50%" or "99.9%", without the noise of binary fractions.
std::string quantile_label(double probability);

/// Breaks lines of `text` between words where they are wider than `width`; 0 means unlimited.
std::string wrapped(std::string_view text, std::size_t width);

/// How a piece of text stands out on a terminal.
enum class Style { plain, bold, dim, good, warning, bad };

/// Adds the escape sequences of the style to `text` if `colour` is set.
std::string styled(std::string text, Style style, bool colour);

/// Returns the width of UTF-8 `text`: one for each code point, none for what `styled` adds.
std::size_t display_width(std::string_view text);

/// Returns the width of the widest line of `text`.
std::size_t widest_line(std::string_view text);

/// Replaces the middle of `text` by "..." if it is wider than `limit`.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace perf_timer::inline v0_1::detail
