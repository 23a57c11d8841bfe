//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

/// \file
/// Sockets of a server that must have nothing to do with the program's Asio: its own is compiled
/// with the program's configuration, and what this library compiles once isn't.

namespace perf_timer::inline v0_1::detail {

/// A descriptor that is closed at the end.
class PERF_TIMER_EXPORT Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int descriptor) noexcept : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  [[nodiscard]] int get() const noexcept { return descriptor_; }
  [[nodiscard]] explicit operator bool() const noexcept { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

/// What happened when bytes were to be received or sent.
struct Transfer {
  std::size_t bytes = 0;  ///< so many were
  bool later = false;     ///< none can be now
  bool over = false;      ///< none can be any more: the peer has hung up, or there was an error
};

/// A connected socket. Nothing waits: what can't be done at once is done `later`.
class PERF_TIMER_EXPORT Socket {
 public:
  Socket() noexcept = default;
  explicit Socket(Descriptor descriptor) noexcept : descriptor_(std::move(descriptor)) {}
  Socket(Socket&&) noexcept = default;
  Socket& operator=(Socket&&) noexcept = default;
  /// Hangs up, even if the child of a fork has the socket as well.
  ~Socket();

  [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }
  [[nodiscard]] Transfer receive(std::span<char> into) noexcept;
  [[nodiscard]] Transfer send(std::string_view bytes) noexcept;
  /// Nothing more is sent.
  void end() noexcept;

 private:
  Descriptor descriptor_;
};

/// A socket that accepts connections: of an IP address and port, or of the path of a Unix socket.
class PERF_TIMER_EXPORT Listener {
 public:
  /// Listens on an IP address. Throws `std::invalid_argument` if it is none, and
  /// `std::system_error`.
  [[nodiscard]] static Listener on(const std::string& address, std::uint16_t port);
  /// Listens on a Unix socket, which only this process's user can use. One that a process left
  /// behind is replaced. The listener removes it at the end. Throws likewise.
  [[nodiscard]] static Listener on_path(const std::string& path);

  Listener(Listener&&) noexcept = default;
  Listener& operator=(Listener&&) = delete;
  ~Listener();

  /// The child of a fork leaves the path to its parent.
  void forget_path() noexcept { path_.clear(); }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// Returns a connection; nothing if there is none, or if `error` is set.
  [[nodiscard]] std::optional<Socket> accept(std::error_code& error) noexcept;

 private:
  Listener(Descriptor descriptor, std::uint16_t port, std::string path) noexcept;

  Descriptor descriptor_;
  std::uint16_t port_ = 0;
  std::string path_;
  [[maybe_unused]] std::uint64_t file_ = 0;  // what is at the path
};

/// Returns whether text is an IP address, and one that only this machine can reach.
struct AddressKind {
  bool is_address = false;
  bool is_loopback = false;
};
[[nodiscard]] PERF_TIMER_EXPORT AddressKind kind_of_address(const std::string& text) noexcept;

/// Returns whether no more descriptors are to be had.
[[nodiscard]] PERF_TIMER_EXPORT bool is_out_of_descriptors(const std::error_code& error) noexcept;

/// Wakes a thread that waits in `wait_for`.
class PERF_TIMER_EXPORT Waker {
 public:
  /// Throws `std::system_error`.
  Waker();

  void wake() const noexcept;
  [[nodiscard]] int descriptor() const noexcept { return reads_.get(); }

 private:
  Descriptor reads_, writes_;
};

/// What a thread waits for, and what came.
struct AwaitedSocket {
  int descriptor = -1;
  bool to_read = false, to_write = false;  ///< what it waits for
  bool to_end = false;                     ///< likewise: the peer to send no more
  bool came = false;                       ///< one of these is possible, or there was an error
};

/// Waits until something came, for at most so long. At most `most_awaited_sockets` are waited for.
inline constexpr std::size_t most_awaited_sockets = 128;
PERF_TIMER_EXPORT void wait_for(std::span<AwaitedSocket> awaited,
                                std::chrono::milliseconds at_most) noexcept;

/// Returns a descriptor that is kept for when no more are to be had; none if none is.
[[nodiscard]] PERF_TIMER_EXPORT Descriptor spare_descriptor() noexcept;

/// Returns which process listens on a port of this machine, such as "nginx (1234)"; empty if the
/// system doesn't tell.
[[nodiscard]] PERF_TIMER_EXPORT std::string who_listens_on(std::uint16_t port);

}  // namespace perf_timer::inline v0_1::detail
