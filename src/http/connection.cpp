//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "connection.hpp"

#include <array>
#include <exception>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::chrono::seconds to_ask{5}, to_take{10}, to_drain{1};
constexpr std::size_t most_drained = 256 * 1024;
constexpr std::size_t taken_in_a_second = 256 * 1024;  // at least, of a large answer

/// Where there is no memory for more.
constexpr std::string_view no_memory =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

}  // namespace

Connection::Connection(Socket socket, Time now)
    : socket_(std::move(socket)), deadline_(now + to_ask), reader_(std::in_place) {}

void Connection::go_on(const Answering& answering, Time now) noexcept {
  try {
    if (state_ == State::reads) read(answering, now);
    if (state_ == State::writes) write(now);
    if (state_ == State::drains) drain();
  } catch (...) {
    hang_up_without_memory();
  }
}

void Connection::send(const Answer& answer, Time now) noexcept {
  try {
    begin_to_send(answer, now);
    write(now);
  } catch (...) {
    hang_up_without_memory();
  }
}

void Connection::hang_up_without_memory() noexcept {
  static_cast<void>(socket_.send(no_memory));
  state_ = State::over;
}

void Connection::read(const Answering& answering, Time now) {
  for (;;) {
    if (std::exchange(is_new_, false)) {
      unread_.erase(0, reader_->take(unread_));
      if (reader_->is_over()) return answer_request(answering, now);
    }
    std::array<char, 4096> bytes;
    const Transfer came = socket_.receive(bytes);
    if (came.over) state_ = State::over;
    if (came.bytes == 0) return;
    unread_.append(bytes.data(), came.bytes);
    is_new_ = true;
  }
}

void Connection::answer_request(const Answering& answering, Time now) {
  if (const auto& refusal = reader_->refusal()) {
    rest_comes_ = true;
    keeps_ = only_head_ = false;
    return begin_to_send(*refusal, now);
  }
  const Request& request = reader_->request();
  only_head_ = request.only_head;
  keeps_ = request.keeps_connection;
  Answer answer;
  try {
    answer = answering(request);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    answer = {.status = 500, .body = std::string("this can't be told: ") + error.what() + '\n'};
  }
  trace_for_ = answer.trace_for;
  if (trace_for_.count() == 0) return begin_to_send(answer, now);
  state_ = State::waits;
  deadline_ = Time::max();
}

void Connection::begin_to_send(const Answer& answer, Time now) {
  unsent_ = bytes_of(answer, !only_head_, keeps_);
  sent_ = 0;
  state_ = State::writes;
  deadline_ = now + to_take + std::chrono::seconds(unsent_.size() / taken_in_a_second);
}

void Connection::write(Time now) {
  while (sent_ < unsent_.size()) {
    const Transfer sent = socket_.send(std::string_view(unsent_).substr(sent_));
    sent_ += sent.bytes;
    if (sent.over) state_ = State::over;
    if (sent.over || sent.later) return;
  }
  answered(now);
}

void Connection::answered(Time now) {
  unsent_.clear();
  unsent_.shrink_to_fit();  // it can be large, and the client idle
  if (!keeps_) {
    socket_.end();
    // If the connection were closed before the client has sent all, the client could lose the
    // answer.
    state_ = rest_comes_ ? State::drains : State::over;
    deadline_ = now + to_drain;
    return;
  }
  reader_.emplace();
  is_new_ = !unread_.empty();
  state_ = State::reads;
  deadline_ = now + to_ask;
}

void Connection::drain() noexcept {
  std::array<char, 4096> bytes;
  while (drained_ < most_drained) {
    const Transfer came = socket_.receive(bytes);
    if (came.later) return;
    if (came.over) break;
    drained_ += came.bytes;
  }
  state_ = State::over;
}

}  // namespace perf_timer::inline v0_1::detail
