//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/socket.hpp>

#include "answer.hpp"
#include "request.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// One client: reads requests and sends answers, one after the other. Nothing waits.
class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Returns what a client gets. It may throw.
  using Answering = std::function<Answer(const Request&)>;

  Connection(Socket socket, Time now);

  [[nodiscard]] int descriptor() const noexcept { return socket_.descriptor(); }
  [[nodiscard]] bool wants_to_read() const noexcept {
    return state_ == State::reads || state_ == State::drains;
  }
  [[nodiscard]] bool wants_to_write() const noexcept { return state_ == State::writes; }
  /// Whether it is to be closed.
  [[nodiscard]] bool is_over() const noexcept { return state_ == State::over; }
  /// Whether it can go on without waiting, because a client has sent several requests at once.
  [[nodiscard]] bool can_go_on() const noexcept { return state_ == State::reads && is_new_; }
  /// When it is closed, if nothing comes of it until then.
  [[nodiscard]] Time deadline() const noexcept { return deadline_; }
  /// Whether its answer takes time: a trace is recorded, for so long.
  [[nodiscard]] bool waits_for_trace() const noexcept { return state_ == State::waits; }
  [[nodiscard]] std::chrono::seconds trace_for() const noexcept { return trace_for_; }

  /// Goes on as far as it can, for at most one request. Doesn't throw: who can't be answered is
  /// told so, or hung up on.
  void go_on(const Answering& answering, Time now) noexcept;
  /// Sends the trace that it has waited for.
  void send(const Answer& answer, Time now) noexcept;
  /// The client is too slow.
  void give_up() noexcept { state_ = State::over; }

 private:
  enum class State : unsigned char { reads, waits, writes, drains, over };

  void read(const Answering& answering, Time now);
  void answer_request(const Answering& answering, Time now);
  void begin_to_send(const Answer& answer, Time now);
  void write(Time now);
  void answered(Time now);
  void drain() noexcept;
  void hang_up_without_memory() noexcept;

  Socket socket_;
  State state_ = State::reads;
  Time deadline_;
  std::optional<RequestReader> reader_;
  std::string unread_;   // has come, and isn't parsed yet
  bool is_new_ = false;  // part of it was never looked at
  std::chrono::seconds trace_for_{};
  bool only_head_ = false, keeps_ = false;
  bool rest_comes_ = false;  // the client may send more, which isn't read
  std::string unsent_;
  std::size_t sent_ = 0;
  std::size_t drained_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
