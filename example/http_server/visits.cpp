//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "visits.hpp"

#include <chrono>
#include <thread>

namespace http_server {
namespace {

/// Stands for a disk that is slow now and then.
void wait_for_the_disk() { std::this_thread::sleep_for(std::chrono::milliseconds{250}); }

/// Closes the log, and begins another one.
void rotate_log() {
  wait_for_the_disk();
  static volatile int rotations = 0;  // so that this function is in a backtrace
  rotations = rotations + 1;
}

}  // namespace

std::uint64_t Visits::count() {
  const std::uint64_t visits = ++visits_;
  if (visits % 1000 == 20) rotate_log();
  return visits;
}

}  // namespace http_server
