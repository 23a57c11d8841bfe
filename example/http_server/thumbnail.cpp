//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thumbnail.hpp"

#include <boost/iostreams/filter/zlib.hpp>
#include <boost/iostreams/filtering_stream.hpp>

#include <array>
#include <cmath>
#include <sstream>
#include <utility>

namespace io = boost::iostreams;

namespace http_server {
namespace {

constexpr std::size_t channels = 3;

}  // namespace

Picture make_picture(std::size_t width, std::size_t height) {
  Picture picture{width, height, {}};
  picture.pixels.reserve(width * height * channels);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const auto rings = std::sin(std::hypot(static_cast<double>(x), static_cast<double>(y)) / 9);
      picture.pixels.push_back(static_cast<std::uint8_t>(127.5 + 127.5 * rings));
      picture.pixels.push_back(static_cast<std::uint8_t>(x * 255 / width));
      picture.pixels.push_back(static_cast<std::uint8_t>(x * y % 251));
    }
  }
  return picture;
}

Picture shrink(const Picture& picture, std::size_t factor) {
  Picture small{picture.width / factor, picture.height / factor, {}};
  small.pixels.reserve(small.width * small.height * channels);
  const auto area = static_cast<std::uint32_t>(factor * factor);
  for (std::size_t row = 0; row < small.height; ++row) {
    for (std::size_t column = 0; column < small.width; ++column) {
      std::array<std::uint32_t, channels> sum{};
      for (std::size_t y = row * factor; y < (row + 1) * factor; ++y) {
        const auto* pixel = &picture.pixels[(y * picture.width + column * factor) * channels];
        for (std::size_t x = 0; x < factor; ++x, pixel += channels) {
          for (std::size_t i = 0; i < channels; ++i) sum[i] += pixel[i];
        }
      }
      for (const auto channel : sum) {
        small.pixels.push_back(static_cast<std::uint8_t>(channel / area));
      }
    }
  }
  return small;
}

std::string to_ppm(const Picture& picture) {
  auto file =
      "P6 " + std::to_string(picture.width) + " " + std::to_string(picture.height) + " 255\n";
  file.append(picture.pixels.begin(), picture.pixels.end());
  return file;
}

std::string compress(const std::string& data) {
  std::ostringstream packed;
  io::filtering_ostream stream;
  stream.push(io::zlib_compressor());
  stream.push(packed);
  stream.write(data.data(), static_cast<std::streamsize>(data.size()));
  stream.reset();  // flushes the filter
  return std::move(packed).str();
}

}  // namespace http_server
