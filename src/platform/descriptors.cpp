//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "descriptors.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {

#if defined(__APPLE__)
namespace {

/// Returns whether it did. If not, closes the descriptor.
[[nodiscard]] bool keep_to_this_program(int descriptor, DescriptorWaits waits) noexcept {
  if (::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 &&
      (waits == DescriptorWaits::yes || ::fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0))
    return true;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return false;
}

[[nodiscard]] int prepared(int socket) noexcept {
  if (socket < 0 || !keep_to_this_program(socket, DescriptorWaits::no)) return -1;
  const int yes = 1;  // a peer that has hung up is told by an error, not by a signal
  ::setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof(yes));
  return socket;
}

}  // namespace

bool make_pipe(std::array<int, 2>& ends, DescriptorWaits waits) noexcept {
  if (::pipe(ends.data()) != 0) return false;
  if (!keep_to_this_program(ends[0], waits)) {
    ::close(ends[1]);
    return false;
  }
  if (keep_to_this_program(ends[1], waits)) return true;
  ::close(ends[0]);
  return false;
}

int make_socket(int family) noexcept { return prepared(::socket(family, SOCK_STREAM, 0)); }

int accept_connection(int listener) noexcept {
  return prepared(::accept(listener, nullptr, nullptr));
}
#else
bool make_pipe(std::array<int, 2>& ends, DescriptorWaits waits) noexcept {
  return ::pipe2(ends.data(), O_CLOEXEC | (waits == DescriptorWaits::yes ? 0 : O_NONBLOCK)) == 0;
}

int make_socket(int family) noexcept {
  return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

int accept_connection(int listener) noexcept {
  return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
}
#endif

}  // namespace perf_timer::inline v0_1::detail
