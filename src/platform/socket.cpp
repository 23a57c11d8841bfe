//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "descriptors.hpp"
#include "ip_address.hpp"
#include "listener.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] std::error_code socket_error() noexcept { return {errno, std::generic_category()}; }

[[noreturn]] void fail(const std::string& what) { throw std::system_error(socket_error(), what); }

[[nodiscard]] bool must_wait() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK; }

#ifdef POLLRDHUP
constexpr short peer_ended = POLLRDHUP;
#else
constexpr short peer_ended = 0;  // it is seen when something is sent
#endif

[[nodiscard]] Address unix_address(const std::string& path) {
  ::sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path) ||
      path.find('\0') != std::string::npos)
    throw std::invalid_argument("serve: the path of a Unix socket has 1 to " +
                                std::to_string(sizeof(address.sun_path) - 1) +
                                " bytes, and this has " + std::to_string(path.size()));
  path.copy(address.sun_path, path.size());
  return address_of(address);
}

/// A socket that waits for nothing, and that no program inherits.
[[nodiscard]] Descriptor socket_for(const Address& address) {
  Descriptor made(make_socket(address.get()->sa_family));
  if (!made) fail("serve: can't make a socket");
  return made;
}

/// Returns what went wrong.
[[nodiscard]] std::error_code listen_on(const Descriptor& socket, const Address& address) {
  const bool listens = ::bind(socket.get(), address.get(), address.length) == 0 &&
                       ::listen(socket.get(), SOMAXCONN) == 0;
  return listens ? std::error_code() : socket_error();
}

/// Returns what tells a file from others; zero if there is none.
[[nodiscard]] std::uint64_t file_at(const std::string& path) noexcept {
  struct ::stat there{};
  return ::lstat(path.c_str(), &there) == 0 ? there.st_ino : 0;
}

/// Returns whether somebody accepts connections there.
[[nodiscard]] bool is_served(const Address& address) {
  const Descriptor probe = socket_for(address);
  return ::connect(probe.get(), address.get(), address.length) == 0 || must_wait() ||
         errno == EINPROGRESS;
}

}  // namespace

Descriptor::~Descriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Socket::~Socket() {
  if (descriptor_) ::shutdown(descriptor(), SHUT_RDWR);
}

Transfer Socket::receive(std::span<char> into) noexcept {
  const auto n = ::recv(descriptor(), into.data(), into.size(), 0);
  if (n > 0) return {.bytes = static_cast<std::size_t>(n)};
  if (n < 0 && (must_wait() || errno == EINTR)) return {.later = true};
  return {.over = true};
}

Transfer Socket::send(std::string_view bytes) noexcept {
  const auto n = ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (n >= 0) return {.bytes = static_cast<std::size_t>(n)};
  if (must_wait() || errno == EINTR) return {.later = true};
  return {.over = true};
}

void Socket::end() noexcept { ::shutdown(descriptor(), SHUT_WR); }

Listener::~Listener() {
  // Somebody may have removed it, and somebody else may listen there now.
  if (descriptor_ && !path_.empty() && file_at(path_) == file_) ::unlink(path_.c_str());
}

Listener Listener::on(const std::string& address, std::uint16_t port) {
  const Address wanted = ip_address(address, port, ", or the path of a Unix socket as unix:/PATH");
  Descriptor socket = socket_for(wanted);
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (const auto error = listen_on(socket, wanted)) fail_to_listen(error, address, port);
  Address actual;
  if (::getsockname(socket.get(), actual.get(), &actual.length) != 0)
    fail("serve: can't find the port");
  return {std::move(socket), actual.port(), {}};
}

Listener Listener::on_path(const std::string& path) {
  const Address wanted = unix_address(path);
  struct ::stat there{};
  if (::lstat(path.c_str(), &there) == 0) {
    if (!S_ISSOCK(there.st_mode))
      throw std::system_error(std::make_error_code(std::errc::file_exists),
                              "serve: " + path + " is no socket");
    if (is_served(wanted))
      throw std::system_error(std::make_error_code(std::errc::address_in_use),
                              "serve: somebody already listens on " + path);
    ::unlink(path.c_str());
  }
  Descriptor socket = socket_for(wanted);
  ::fchmod(socket.get(), S_IRUSR | S_IWUSR);  // before anybody can connect
  if (const auto error = listen_on(socket, wanted))
    throw std::system_error(error, "serve: can't listen on " + path);
  Listener result(std::move(socket), 0, path);
  result.file_ = file_at(path);
  return result;
}

std::optional<Socket> Listener::accept(std::error_code& error) noexcept {
  Descriptor accepted(accept_connection(descriptor()));
  if (accepted) {
    const int yes = 1;  // a Unix socket has no such option
    ::setsockopt(accepted.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return Socket(std::move(accepted));
  }
  if (!must_wait() && errno != EINTR && errno != ECONNABORTED) error = socket_error();
  return {};
}

bool is_out_of_descriptors(const std::error_code& error) noexcept {
  return error == std::errc::too_many_files_open ||
         error == std::errc::too_many_files_open_in_system;
}

Waker::Waker() {
  std::array<int, 2> ends{-1, -1};
  if (!make_pipe(ends, DescriptorWaits::no)) fail("serve: can't make a pipe");
  reads_ = Descriptor(ends[0]);
  writes_ = Descriptor(ends[1]);
}

void Waker::wake() const noexcept {
  // If the pipe is full, the thread is awake.
  [[maybe_unused]] const auto written = ::write(writes_.get(), "", 1);
}

void wait_for(std::span<AwaitedSocket> awaited, std::chrono::milliseconds at_most) noexcept {
  std::array<::pollfd, most_awaited_sockets> polled{};
  const std::size_t size = std::min(awaited.size(), polled.size());
  for (std::size_t i = 0; i < size; ++i) {
    polled[i].fd = awaited[i].descriptor;
    polled[i].events =
        static_cast<short>((awaited[i].to_read ? POLLIN : 0) | (awaited[i].to_write ? POLLOUT : 0) |
                           (awaited[i].to_end ? peer_ended : 0));
  }
  const int came =
      ::poll(polled.data(), static_cast<nfds_t>(size), static_cast<int>(at_most.count()));
  // If it can't wait for so many, because the program has lowered its limit, it waits all the same.
  constexpr std::chrono::milliseconds pause{100};
  if (came < 0 && errno != EINTR)
    ::poll(nullptr, 0, static_cast<int>(std::min(at_most, pause).count()));
  for (std::size_t i = 0; i < size; ++i) awaited[i].came = came > 0 && polled[i].revents != 0;
}

Descriptor spare_descriptor() noexcept {
  return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace perf_timer::inline v0_1::detail
