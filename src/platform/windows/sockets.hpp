//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "../ip_address.hpp"
#include "system.hpp"

#include <cstddef>
#include <cstdint>
#include <system_error>

namespace perf_timer::inline v0_1::detail {

/// Called before the first socket is made. Throws nothing: if it fails, so does making one.
void use_sockets() noexcept;

/// Only 32 bits of a handle are used, so it fits in a descriptor.
[[nodiscard]] inline int descriptor_of(SOCKET socket) noexcept { return static_cast<int>(socket); }
[[nodiscard]] inline SOCKET socket_of(int descriptor) noexcept {
  return descriptor < 0 ? INVALID_SOCKET : static_cast<SOCKET>(descriptor);
}

/// Returns as much of a size as a function of the system takes.
[[nodiscard]] int size_of(std::size_t bytes) noexcept;

/// An error of sockets, such as WSAEADDRINUSE. It equals the standard's name of it, and has words.
[[nodiscard]] std::error_code socket_error(int error) noexcept;
/// What went wrong last on this thread.
[[nodiscard]] std::error_code socket_error() noexcept;

/// Returns the port of a socket. Throws `std::system_error`.
[[nodiscard]] std::uint16_t port_of(int descriptor);

}  // namespace perf_timer::inline v0_1::detail
