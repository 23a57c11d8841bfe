//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "server.hpp"

#include <perf_timer/trace.hpp>

#include "pages.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t most_clients = 100;
static_assert(most_clients + 2 <= most_awaited_sockets);
constexpr std::chrono::milliseconds pause{100};  // before another try to accept

[[nodiscard]] Answer busy_with_a_trace(const char* whose) {
  return {.status = 409,
          .body = std::string("a trace is recorded already, ") + whose + "; ask again later\n"};
}

}  // namespace

Server::Server(Listener listener, Guard guard)
    : listener_(std::move(listener)), guard_(std::move(guard)), spare_(spare_descriptor()) {}

void Server::stop() noexcept {
  is_over_ = true;
  waker_.wake();
}

void Server::run() noexcept {
  while (!is_over_) {
    wait(std::chrono::steady_clock::now());
    const Time now = std::chrono::steady_clock::now();
    if (accepts_) accept(now);
    if (traced_ && now >= trace_ends_) end_trace(now);
    forget_who_is_over(now);
  }
  if (traced_) clear_trace();
}

std::chrono::milliseconds Server::patience(Time now) const noexcept {
  Time until = now + std::chrono::seconds(60);
  if (traced_) until = std::min(until, trace_ends_);
  if (accepts_from_ > now) until = std::min(until, accepts_from_);
  for (const Connection& connection : connections_)
    until = std::min(until, connection.can_go_on() ? now : connection.deadline());
  return std::chrono::ceil<std::chrono::milliseconds>(
      std::max(until - now, Time::duration::zero()));
}

void Server::wait(Time now) noexcept {
  std::array<AwaitedSocket, most_clients + 2> awaited{};
  std::size_t size = 0;
  awaited[size++] = {.descriptor = waker_.descriptor(), .to_read = true};
  awaited[size++] = {.descriptor = listener_.descriptor(), .to_read = now >= accepts_from_};
  for (const Connection& connection : connections_)
    awaited[size++] = {.descriptor = connection.descriptor(),
                       .to_read = connection.wants_to_read(),
                       .to_write = connection.wants_to_write(),
                       .to_end = connection.waits_for_trace()};
  wait_for(std::span(awaited).first(size), patience(now));
  accepts_ = awaited[1].came && now >= accepts_from_;
  const Time then = std::chrono::steady_clock::now();
  auto one = awaited.begin() + 2;
  for (Connection& connection : connections_)
    if ((one++)->came || connection.can_go_on()) serve(connection, then);
}

void Server::serve(Connection& connection, Time now) noexcept {
  // Who waits for a trace and sends no more has gone, such as a browser that was told to stop.
  if (connection.waits_for_trace()) return connection.give_up();
  connection.go_on([this](const Request& request) { return answer(request); }, now);
  if (connection.waits_for_trace()) begin_trace(connection, now);
}

Answer Server::answer(const Request& request) {
  if (auto refusal = guard_.refuse(request)) return std::move(*refusal);
  Answer answer = page_at(request, feed_);
  if (request.accepts_gzip) compress(answer);
  return answer;
}

void Server::accept(Time now) noexcept {
  for (;;) {
    std::error_code error;
    std::optional<Socket> socket = listener_.accept(error);
    // Who has been given the spare one has some time to send a request while others wait.
    const bool lacks = is_out_of_descriptors(error);
    if (lacks && (spare_ || (std::exchange(lacks_, true) && hang_up_on_somebody()))) {
      spare_ = {};
      socket = listener_.accept(error);
    }
    if (!lacks || socket) lacks_ = false;
    if (!socket) {
      if (error) accepts_from_ = now + pause;
      break;
    }
    add(std::move(*socket), now);
    if (!spare_) break;  // it serves one after the other
  }
}

void Server::add(Socket socket, Time now) noexcept {
  if (connections_.size() >= most_clients && !hang_up_on_somebody()) return;
  try {
    connections_.emplace_back(std::move(socket), now);
  } catch (const std::exception&) {  // no memory
  }
}

/// Makes room for a client by hanging up on the one that owes a request for the longest time. If
/// nobody does, on the one whose time to take its answer ends first. So clients that say nothing,
/// or take nothing, keep nobody out.
bool Server::hang_up_on_somebody() noexcept {
  const auto is_worse = [](const Connection& one, const Connection& other) {
    return std::pair(other.wants_to_read(), one.deadline()) <
           std::pair(one.wants_to_read(), other.deadline());
  };
  auto worst = connections_.end();
  for (auto one = connections_.begin(); one != connections_.end(); ++one)
    if (!one->waits_for_trace() && (worst == connections_.end() || is_worse(*one, *worst)))
      worst = one;
  if (worst == connections_.end()) return false;
  connections_.erase(worst);
  return true;
}

void Server::begin_trace(Connection& connection, Time now) noexcept {
  try {
    if (traced_) return connection.send(busy_with_a_trace("for somebody else"), now);
    if (tracing()) {
      // A flight recorder has the trace of the last seconds.
      return connection.send(trace_answer(), now);
    }
    perf_timer::start_trace();
    traced_ = &connection;
    trace_ends_ = now + connection.trace_for();
  } catch (const std::logic_error&) {
    connection.send(busy_with_a_trace("by the program"), now);
  } catch (const std::exception&) {  // no memory
    connection.give_up();
  }
}

void Server::end_trace(Time now) noexcept {
  Connection& connection = *std::exchange(traced_, nullptr);
  stop_trace();
  try {
    connection.send(trace_answer(), now);
  } catch (const std::exception&) {  // no memory
    connection.give_up();
  }
  clear_trace();
}

void Server::forget_who_is_over(Time now) noexcept {
  for (auto one = connections_.begin(); one != connections_.end();) {
    if (!one->is_over() && one->deadline() > now) {
      ++one;
      continue;
    }
    if (traced_ == &*one) {
      traced_ = nullptr;
      clear_trace();
    }
    one = connections_.erase(one);
  }
  if (!spare_) spare_ = spare_descriptor();
}

}  // namespace perf_timer::inline v0_1::detail
