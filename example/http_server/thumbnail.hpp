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

/// Rows of RGB pixels, a byte a channel.
struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Draws something with fine detail in it, the same each time.
[[nodiscard]] Picture make_picture(std::size_t width, std::size_t height);

/// Makes each `factor` by `factor` square of pixels one pixel, their average.
/// Precondition: `factor > 0`. What is left over at the edges is cut off.
[[nodiscard]] Picture shrink(const Picture& picture, std::size_t factor);

/// The picture as a file in the PPM format.
[[nodiscard]] std::string to_ppm(const Picture& picture);

/// The data in the zlib format.
[[nodiscard]] std::string compress(const std::string& data);

}  // namespace http_server
