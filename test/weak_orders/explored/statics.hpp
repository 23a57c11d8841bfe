//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>

// Of the linker.
extern "C" char __data_start, _end;

namespace explored {

/// The program's static objects. Each execution finds them as the one before did, however that has
/// ended. So what the checker itself has is in memory of malloc's.
class Statics {
 public:
  [[nodiscard]] static const char* begin() noexcept { return &__data_start; }
  [[nodiscard]] static bool has(const void* at) noexcept {
    return at >= &__data_start && at < &_end;
  }

  void keep() noexcept {
    if (!image_) image_ = static_cast<char*>(std::malloc(size()));
    std::memcpy(image_, all(), size());
  }
  void renew() noexcept {
    std::memcpy(all(), image_, size());
    static_cast<void>(all());
  }

 private:
  [[nodiscard]] static std::size_t size() noexcept {
    return static_cast<std::size_t>(&_end - &__data_start);
  }
  /// So that the compiler knows that this is more than one object.
  [[nodiscard]] static char* all() noexcept {
    char* begin = &__data_start;
    asm volatile("" : "+r"(begin) : : "memory");
    return begin;
  }

  char* image_ = nullptr;
};

}  // namespace explored
