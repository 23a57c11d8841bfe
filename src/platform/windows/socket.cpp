//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "../listener.hpp"
#include "sockets.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] bool must_wait() noexcept { return ::WSAGetLastError() == WSAEWOULDBLOCK; }

/// So that no program inherits it, and it waits for nothing.
[[nodiscard]] Descriptor prepared(SOCKET socket) noexcept {
  if (socket == INVALID_SOCKET) return Descriptor();
  Descriptor made(descriptor_of(socket));
  u_long yes = 1;
  ::ioctlsocket(socket, static_cast<long>(FIONBIO), &yes);
  ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
  return made;
}

[[nodiscard]] Descriptor socket_for(int family, int type) {
  use_sockets();
  Descriptor made = prepared(
      ::WSASocketW(family, type, 0, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT));
  if (!made) throw std::system_error(socket_error(), "serve: can't make a socket");
  return made;
}

}  // namespace

Descriptor::~Descriptor() {
  if (descriptor_ >= 0) ::closesocket(socket_of(descriptor_));
}

Socket::~Socket() {
  if (descriptor_) ::shutdown(socket_of(descriptor()), SD_BOTH);
}

Transfer Socket::receive(std::span<char> into) noexcept {
  const int n = ::recv(socket_of(descriptor()), into.data(), size_of(into.size()), 0);
  if (n > 0) return {.bytes = static_cast<std::size_t>(n)};
  if (n < 0 && must_wait()) return {.later = true};
  return {.over = true};
}

Transfer Socket::send(std::string_view bytes) noexcept {
  const int n = ::send(socket_of(descriptor()), bytes.data(), size_of(bytes.size()), 0);
  if (n >= 0) return {.bytes = static_cast<std::size_t>(n)};
  if (must_wait()) return {.later = true};
  return {.over = true};
}

void Socket::end() noexcept { ::shutdown(socket_of(descriptor()), SD_SEND); }

Listener::~Listener() = default;

Listener Listener::on(const std::string& address, std::uint16_t port) {
  const Address wanted = ip_address(address, port);
  Descriptor socket = socket_for(wanted.get()->sa_family, SOCK_STREAM);
  // What SO_REUSEADDR is elsewhere, Windows does anyway; there, it shares the port with others.
  const BOOL yes = TRUE;
  ::setsockopt(socket_of(socket.get()), SOL_SOCKET, SO_EXCLUSIVEADDRUSE,
               reinterpret_cast<const char*>(&yes), sizeof(yes));
  if (::bind(socket_of(socket.get()), wanted.get(), wanted.length) != 0 ||
      ::listen(socket_of(socket.get()), SOMAXCONN) != 0)
    fail_to_listen(socket_error(), address, port);
  const std::uint16_t actual = port_of(socket.get());
  return {std::move(socket), actual, {}};
}

Listener Listener::on_path(const std::string& path) {
  throw std::system_error(
      socket_error(WSAEAFNOSUPPORT),
      "serve: no Unix sockets on Windows, so none at " + path + "; give an IP address and a port");
}

std::optional<Socket> Listener::accept(std::error_code& error) noexcept {
  Descriptor accepted = prepared(::accept(socket_of(descriptor()), nullptr, nullptr));
  if (accepted) {
    const BOOL yes = TRUE;
    ::setsockopt(socket_of(accepted.get()), IPPROTO_TCP, TCP_NODELAY,
                 reinterpret_cast<const char*>(&yes), sizeof(yes));
    return Socket(std::move(accepted));
  }
  if (!must_wait() && ::WSAGetLastError() != WSAECONNRESET) error = socket_error();
  return {};
}

bool is_out_of_descriptors(const std::error_code& error) noexcept {
  return error == std::errc::too_many_files_open || error == std::errc::no_buffer_space;
}

// Windows can't wait for a pipe as it waits for a socket, so this is a socket that sends to itself.
Waker::Waker() {
  reads_ = socket_for(AF_INET, SOCK_DGRAM);
  Address here = ip_address("127.0.0.1", 0);
  const SOCKET socket = socket_of(reads_.get());
  if (::bind(socket, here.get(), here.length) == 0) {
    here = ip_address("127.0.0.1", port_of(reads_.get()));
    if (::connect(socket, here.get(), here.length) == 0) return;
  }
  throw std::system_error(socket_error(), "serve: can't make what wakes its thread");
}

void Waker::wake() const noexcept {
  // If it can't be sent, there is something to receive: the thread is awake.
  static_cast<void>(::send(socket_of(reads_.get()), "", 1, 0));
}

void wait_for(std::span<AwaitedSocket> awaited, std::chrono::milliseconds at_most) noexcept {
  std::array<WSAPOLLFD, most_awaited_sockets> polled{};
  const std::size_t size = std::min(awaited.size(), polled.size());
  for (std::size_t i = 0; i < size; ++i) {
    polled[i].fd = socket_of(awaited[i].descriptor);
    // That the peer sends no more is told whatever is asked for.
    polled[i].events = static_cast<short>((awaited[i].to_read ? POLLRDNORM : 0) |
                                          (awaited[i].to_write ? POLLWRNORM : 0));
  }
  const int came = size == 0 ? -1
                             : ::WSAPoll(polled.data(), static_cast<ULONG>(size),
                                         static_cast<int>(at_most.count()));
  constexpr std::chrono::milliseconds pause{100};
  if (came < 0) ::Sleep(static_cast<DWORD>(std::min(at_most, pause).count()));
  for (std::size_t i = 0; i < size; ++i) awaited[i].came = came > 0 && polled[i].revents != 0;
}

Descriptor spare_descriptor() noexcept {
  use_sockets();
  return prepared(::socket(AF_INET, SOCK_STREAM, 0));
}

}  // namespace perf_timer::inline v0_1::detail
