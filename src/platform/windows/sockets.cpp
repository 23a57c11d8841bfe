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

std::error_code socket_error() noexcept {
  const int error = ::WSAGetLastError();
  switch (error) {
    case WSAEADDRINUSE:
      return std::make_error_code(std::errc::address_in_use);
    case WSAEACCES:
      return std::make_error_code(std::errc::permission_denied);
    case WSAEADDRNOTAVAIL:
      return std::make_error_code(std::errc::address_not_available);
    case WSAEAFNOSUPPORT:
      return std::make_error_code(std::errc::address_family_not_supported);
    case WSAEMFILE:
      return std::make_error_code(std::errc::too_many_files_open);
    case WSAENOBUFS:
      return std::make_error_code(std::errc::no_buffer_space);
    default:
      return {error, std::system_category()};
  }
}

std::uint16_t port_of(int descriptor) {
  Address actual;
  if (::getsockname(socket_of(descriptor), actual.get(), &actual.length) != 0)
    throw std::system_error(socket_error(), "serve: can't find the port");
  return actual.port();
}

}  // namespace perf_timer::inline v0_1::detail
