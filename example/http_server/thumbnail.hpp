//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace http_server {

/// Rows of RGB pixels, one byte for each channel.
struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Draws a picture with fine detail, the same each time.
[[nodiscard]] Picture make_picture(std::size_t width, std::size_t height);

/// Averages each square of `factor` by `factor` pixels into one pixel, and cuts off incomplete
/// squares at the edges. Precondition: `factor > 0`.
[[nodiscard]] Picture shrink(const Picture& picture, std::size_t factor);

/// Returns the picture as a file in the PPM format.
[[nodiscard]] std::string to_ppm(const Picture& picture);

/// Returns the data in the zlib format.
[[nodiscard]] std::string compress(const std::string& data);

}  // namespace http_server
