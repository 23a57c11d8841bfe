//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "sockets.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {
namespace {

template <class T>
[[nodiscard]] Address address_of(const T& address) noexcept {
  Address result;
  std::memcpy(&result.storage, &address, sizeof(address));
  result.length = static_cast<int>(sizeof(address));
  return result;
}

[[nodiscard]] std::optional<::in_addr> v4_of(const std::string& text) noexcept {
  ::in_addr address{};
  if (::inet_pton(AF_INET, text.c_str(), &address) != 1) return {};
  return address;
}

[[nodiscard]] std::optional<::in6_addr> v6_of(const std::string& text) noexcept {
  ::in6_addr address{};
  if (::inet_pton(AF_INET6, text.c_str(), &address) != 1) return {};
  return address;
}

}  // namespace

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

Address ip_address(const std::string& text, std::uint16_t port) {
  use_sockets();
  if (const auto v4 = v4_of(text)) {
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = ::htons(port);
    address.sin_addr = *v4;
    return address_of(address);
  }
  if (const auto v6 = v6_of(text)) {
    ::sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = ::htons(port);
    address.sin6_addr = *v6;
    return address_of(address);
  }
  throw std::invalid_argument("serve: '" + text +
                              "' is no IP address; give one such as 127.0.0.1 or ::1");
}

std::uint16_t port_of(int descriptor) {
  Address actual;
  actual.length = static_cast<int>(sizeof(actual.storage));
  if (::getsockname(socket_of(descriptor), reinterpret_cast<::sockaddr*>(&actual.storage),
                    &actual.length) != 0)
    throw std::system_error(socket_error(), "serve: can't find the port");
  // The port is at the same place in both families.
  ::sockaddr_in in{};
  std::memcpy(&in, &actual.storage, sizeof(in));
  return ::ntohs(in.sin_port);
}

AddressKind kind_of_address(const std::string& text) noexcept {
  use_sockets();
  if (const auto v4 = v4_of(text))
    return {.is_address = true, .is_loopback = (::ntohl(v4->s_addr) >> 24) == 127};
  if (const auto v6 = v6_of(text))
    return {.is_address = true, .is_loopback = IN6_IS_ADDR_LOOPBACK(&*v6) != 0};
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
