//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <filesystem>
#include <string_view>
#include <system_error>

namespace perf_timer::inline v0_1::detail {

/// Writes all of the text to a file descriptor, even if signals interrupt it. Returns whether all
/// was written; `errno` says why not. Unlike a stream, it needs no object that may have been
/// destroyed.
bool write_all(int file_descriptor, std::string_view text) noexcept;

/// Writes the text, at most 4096 bytes, unless the file, such as a pipe, may make the caller wait.
/// Returns whether it was written. Allocates nothing.
[[nodiscard]] PERF_TIMER_EXPORT bool write_at_once(int file_descriptor,
                                                   std::string_view text) noexcept;

/// Replaces a file as a whole, and waits until the system has the new one on disk. A stream can't
/// wait for that. Writes a file beside it first, so that the old one stays if that fails. Writes
/// into what isn't a regular file, such as a device. Returns what went wrong.
[[nodiscard]] PERF_TIMER_EXPORT std::error_code replace_file(const std::filesystem::path& file,
                                                             std::string_view text);

/// Returns whether the file descriptor is open.
[[nodiscard]] bool is_open(int file_descriptor) noexcept;

}  // namespace perf_timer::inline v0_1::detail
