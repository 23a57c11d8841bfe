//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if defined(_WIN32)
#include "windows/system.hpp"

#include <winsock2.h>

#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// An address of any family that is served here.
struct Address {
  ::sockaddr_storage storage{};
  ::socklen_t length = sizeof(::sockaddr_storage);

  [[nodiscard]] const ::sockaddr* get() const noexcept {
    return reinterpret_cast<const ::sockaddr*>(&storage);
  }
  [[nodiscard]] ::sockaddr* get() noexcept { return reinterpret_cast<::sockaddr*>(&storage); }
  /// The port of an IP address.
  [[nodiscard]] std::uint16_t port() const noexcept;
};

template <class T>
[[nodiscard]] Address address_of(const T& address) noexcept {
  Address result;
  std::memcpy(&result.storage, &address, sizeof(address));
  result.length = static_cast<::socklen_t>(sizeof(address));
  return result;
}

/// Throws `std::invalid_argument` if it is none, with what else could be given.
[[nodiscard]] Address ip_address(const std::string& text, std::uint16_t port,
                                 std::string_view or_else = {});

}  // namespace perf_timer::inline v0_1::detail
