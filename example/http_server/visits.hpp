//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <cstdint>

namespace http_server {

/// Counts visits, and writes them to a log. Once in a while it waits for the disk on the thread
/// that serves, as many a server does. The stall watch says so.
///
/// Thread safety: any thread.
class Visits {
 public:
  /// Returns how many there were.
  std::uint64_t count();

 private:
  std::atomic<std::uint64_t> visits_ = 0;
};

}  // namespace http_server
