//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "ip_address.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <optional>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {
namespace {

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

std::uint16_t Address::port() const noexcept {
  // It is at the same place in both families.
  ::sockaddr_in in{};
  std::memcpy(&in, &storage, sizeof(in));
  return ntohs(in.sin_port);
}

Address ip_address(const std::string& text, std::uint16_t port, std::string_view or_else) {
  if (const auto v4 = v4_of(text)) {
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr = *v4;
    return address_of(address);
  }
  if (const auto v6 = v6_of(text)) {
    ::sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_addr = *v6;
    return address_of(address);
  }
  throw std::invalid_argument("serve: '" + text +
                              "' is no IP address; give one such as 127.0.0.1 or ::1" +
                              std::string(or_else));
}

AddressKind kind_of_address(const std::string& text) noexcept {
  if (const auto v4 = v4_of(text))
    return {.is_address = true, .is_loopback = (ntohl(v4->s_addr) >> 24) == 127};
  if (const auto v6 = v6_of(text))
    return {.is_address = true, .is_loopback = IN6_IS_ADDR_LOOPBACK(&*v6) != 0};
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
