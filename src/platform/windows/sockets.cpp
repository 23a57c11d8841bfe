//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "sockets.hpp"

#include <algorithm>
#include <limits>

namespace perf_timer::inline v0_1::detail {
void use_sockets() noexcept {
  static const int started = [] {
    WSADATA data{};
    return ::WSAStartup(MAKEWORD(2, 2), &data);
  }();
  static_cast<void>(started);
}

int size_of(std::size_t bytes) noexcept {
  return static_cast<int>(
      std::min(bytes, static_cast<std::size_t>(std::numeric_limits<int>::max())));
}

std::uint16_t port_of(int descriptor) {
  Address actual;
  if (::getsockname(socket_of(descriptor), actual.get(), &actual.length) != 0)
    throw std::system_error(socket_error(), "serve: can't find the port");
  return actual.port();
}

}  // namespace perf_timer::inline v0_1::detail
