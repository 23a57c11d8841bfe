//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/socket.hpp>

#include "connection.hpp"
#include "forked_listeners.hpp"
#include "guard.hpp"
#include "page_feed.hpp"

#include <atomic>
#include <chrono>
#include <list>

namespace perf_timer::inline v0_1::detail {

/// Serves the clients of one listener, on the thread that calls `run`.
class Server {
 public:
  /// Throws `std::system_error`.
  Server(Listener listener, Guard guard);

  /// Serves until `stop` is called.
  void run() noexcept;
  /// Thread safety: any thread.
  void stop() noexcept;

  [[nodiscard]] Listener& listener() noexcept { return listener_; }

 private:
  using Time = Connection::Time;

  [[nodiscard]] Answer answer(const Request& request);
  [[nodiscard]] std::chrono::milliseconds patience(Time now) const noexcept;
  void wait(Time now) noexcept;
  void accept(Time now) noexcept;
  void add(Socket socket, Time now) noexcept;
  [[nodiscard]] bool hang_up_on_somebody() noexcept;
  void serve(Connection& connection, Time now) noexcept;
  void begin_trace(Connection& connection, Time now) noexcept;
  void end_trace(Time now) noexcept;
  void forget_who_is_over(Time now) noexcept;

  Listener listener_;
  const ClosedInChildren closed_in_children_{listener_.descriptor()};
  const Guard guard_;
  PageFeed feed_;
  const Waker waker_;
  Descriptor spare_;  // given up for a client when no more are to be had
  std::atomic<bool> is_over_{false};
  std::list<Connection> connections_;
  bool accepts_ = false;          // a client has come
  bool lacks_ = false;            // a descriptor for it, when it was tried last
  Time accepts_from_{};           // not before: nothing could be had for it
  Connection* traced_ = nullptr;  // who waits for the trace that is recorded
  Time trace_ends_{};
};

}  // namespace perf_timer::inline v0_1::detail
