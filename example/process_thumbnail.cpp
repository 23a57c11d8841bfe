//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// The shortest way to measure a program: name a piece of ordinary code, and run the program. At its
// end, each timer says how often its piece ran and how long it took.
#include <perf_timer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <vector>

namespace {

struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> grey;
};

// For one thread at a time; `ThreadPerfTimer` is for any number of threads.
perf_timer::PerfTimer thumbnail_timer{"process thumbnail"};
perf_timer::PerfTimer checksum_timer{"checksum"};

Picture draw(std::size_t size) {
  Picture picture{size, size, {}};
  for (std::size_t i = 0; i < size * size; ++i) {
    picture.grey.push_back(static_cast<std::uint8_t>(i * i >> 7U));
  }
  return picture;
}

Picture process_thumbnail(const Picture& picture) {
  const auto run = thumbnail_timer.measure();  // ends with the scope, however the scope is left
  if (picture.grey.empty()) throw std::invalid_argument{"an empty picture"};
  Picture half{picture.width / 2, picture.height / 2, {}};
  half.grey.reserve(half.width * half.height);
  for (std::size_t y = 0; y < half.height; ++y) {
    for (std::size_t x = 0; x < half.width; ++x) {
      const auto* upper = &picture.grey[2 * y * picture.width + 2 * x];
      const auto* lower = upper + picture.width;
      half.grey.push_back(
          static_cast<std::uint8_t>((upper[0] + upper[1] + lower[0] + lower[1]) / 4));
    }
  }
  return half;
}

// To measure a whole function, call what `decorate` returns in its place.
const auto checksum = checksum_timer.decorate([](const Picture& picture) noexcept {
  std::uint32_t sum = 0;
  for (const auto grey : picture.grey) sum = sum * 31 + grey;
  return sum;
});

}  // namespace

int main() {
  std::uint32_t sum = 0;
  for (std::size_t size = 64; size <= 320; ++size) {
    sum ^= checksum(process_thumbnail(draw(size)));
  }
  try {
    static_cast<void>(process_thumbnail({}));
  } catch (const std::invalid_argument& error) {
    std::cout << "rejected " << error.what() << ": a failed run, not a sample\n";
  }

  // A snapshot can be taken at any time.
  const auto timer = thumbnail_timer.snapshot();
  std::cout << timer.runs << " thumbnails, " << timer.failed << " failed, checksum " << sum << '\n';
}
