//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "sockets.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace perf_timer::inline v0_1::detail {
namespace {

struct SocketError {
  int error;
  std::errc meaning;
  const char* words;
};

// What a service tells by. MinGW's category of the system doesn't know what these mean, and C
// libraries of Windows have no words for those of POSIX.
constexpr std::array socket_errors = {
    SocketError{WSAEADDRINUSE, std::errc::address_in_use, "Address already in use"},
    SocketError{WSAEACCES, std::errc::permission_denied, "Permission denied"},
    SocketError{WSAEADDRNOTAVAIL, std::errc::address_not_available,
                "This machine doesn't have the address"},
    SocketError{WSAEAFNOSUPPORT, std::errc::address_family_not_supported,
                "Address family not supported"},
    SocketError{WSAEMFILE, std::errc::too_many_files_open, "Too many open sockets"},
    SocketError{WSAENOBUFS, std::errc::no_buffer_space, "No buffer space for sockets"}};

[[nodiscard]] const SocketError* find(int error) noexcept {
  const auto* const found = std::ranges::find(socket_errors, error, &SocketError::error);
  return found == socket_errors.end() ? nullptr : found;
}

class SocketErrors : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "winsock"; }
  [[nodiscard]] std::string message(int error) const override {
    const SocketError* const known = find(error);
    return known ? known->words : std::system_category().message(error);
  }
  [[nodiscard]] std::error_condition default_error_condition(int error) const noexcept override {
    const SocketError* const known = find(error);
    return known ? std::make_error_condition(known->meaning) : std::error_condition(error, *this);
  }
};

}  // namespace

std::error_code socket_error(int error) noexcept {
  // It isn't destroyed: somebody may keep an exception until the end of the program.
  static const SocketErrors& category = *new SocketErrors;
  return {error, category};
}

std::error_code socket_error() noexcept { return socket_error(::WSAGetLastError()); }

}  // namespace perf_timer::inline v0_1::detail
