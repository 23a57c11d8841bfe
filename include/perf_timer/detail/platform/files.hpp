//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <filesystem>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Writes all of the text to a file descriptor, even if signals interrupt it. Returns whether all
/// was written. Unlike a stream, it needs no object that may have been destroyed.
bool write_all(int file_descriptor, std::string_view text) noexcept;

/// Replaces a file's contents, and waits until the system has them on disk. A stream can't wait for
/// that. Returns whether all was written.
bool write_file(const std::filesystem::path& file, std::string_view text) noexcept;

}  // namespace perf_timer::inline v0_1::detail
