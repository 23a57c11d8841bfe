//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// \file
/// Shows a running program from inside, by one line:
///
///     auto service = perf_timer::serve({.port = 9464});
///
/// Then open http://127.0.0.1:9464 in a browser. Link `perf_timer::http`; doc/service.md tells
/// more.

namespace perf_timer::inline v0_1 {

/// Where a service listens, and whom it answers.
struct ServiceOptions {
  /// An IP address of this machine, such as "127.0.0.1" or "::1", or the path of a Unix socket:
  /// "unix:/run/server.perf". An address that other machines can reach needs a `token`. A Unix
  /// socket is only for the user that the process runs as. It is removed at the end.
  std::string address = "127.0.0.1";
  /// The port; zero takes a free one, which `Service::port` tells. A Unix socket has none.
  std::uint16_t port = 9464;
  /// What a client must send to be answered; empty: nothing. At least 16 letters, digits, "-", "_"
  /// and ".". A program sends it as `Authorization: Bearer TOKEN`, which Prometheus can. A browser
  /// sends it once, as `/?token=TOKEN`, and then has a cookie. It isn't encrypted on its way.
  std::string token = {};
  /// The names under which browsers reach the service, besides "localhost" and IP addresses. A
  /// request for any other name is refused, because a page of somebody else could have sent it.
  std::vector<std::string> hosts = {};
};

/// A small HTTP server inside the program, as long as it lives; see `serve`. Movable. Its
/// destructor closes all connections. Thread safety: distinct objects safe.
class PERF_TIMER_EXPORT Service {
 public:
  Service(Service&&) noexcept;             ///< Takes over the service.
  Service& operator=(Service&&) noexcept;  ///< Ends this one's service, and takes the other over.
  ~Service();

  /// Returns the port on which it listens; zero for a Unix socket.
  [[nodiscard]] std::uint16_t port() const noexcept;
  /// Returns what to open in a browser, such as "http://127.0.0.1:9464/"; of a Unix socket, its
  /// "unix:" path. Throws `std::bad_alloc`.
  [[nodiscard]] std::string address() const;

 private:
  friend Service serve(ServiceOptions options);

  struct Serving;
  explicit Service(std::unique_ptr<Serving> serving) noexcept;

  std::unique_ptr<Serving> serving_;
};

/// Serves what this library knows of the program, on a thread of its own. It uses no executor of
/// the program, so that it answers while all threads of the program are stuck. What is there:
///
///     /             the live page, if the library was built with it
///     /perf.json    json_report()
///     /metrics      for Prometheus, if the library was built with it
///     /report       the tables, as text
///     /now          steps that execute, runs that are open, and threads, as text
///     /stalls       what stall watches have told last, as text
///     /trace?seconds=3   records a trace for so long, at most 60, and sends it; one at a time
///     /index        what is there
///
/// Only GET and HEAD are answered, compressed for clients that accept gzip. At most 100 clients are
/// connected at once; further ones take the place of those that send no request, or take no answer.
/// A client has 5 seconds to send one, and 10 to take the answer, with one more for each 256 KB.
///
/// In the child of a fork nobody serves, until the child calls this itself.
///
/// Several services may live at once. Thread safety: any thread. Throws `std::invalid_argument` if
/// an option makes no sense, and `std::system_error` if it can't listen there, or no thread can be
/// created; if another process has the port, it says which, if the system tells.
[[nodiscard]] PERF_TIMER_EXPORT Service serve(ServiceOptions options = {});

}  // namespace perf_timer::inline v0_1
