//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/system/system_error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

/// Returns a request without a body.
inline std::string request(std::string_view target, std::string_view fields = {},
                           std::string_view method = "GET") {
  return std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" +
         std::string(fields) + "\r\n";
}

/// What a service answers.
class Reply {
 public:
  /// No answer.
  Reply() = default;
  Reply(unsigned status, std::vector<std::pair<std::string, std::string>> fields, std::string body)
      : status_(status), fields_(std::move(fields)), body_(std::move(body)) {}

  /// Returns the status; 0 if there is no answer, or not a whole one.
  [[nodiscard]] unsigned result_int() const { return status_; }
  [[nodiscard]] const std::string& body() const { return body_; }
  /// Returns the value of a field, whatever the case of its name; nothing if it isn't there.
  [[nodiscard]] std::string field(std::string_view name) const;

 private:
  unsigned status_ = 0;
  std::vector<std::pair<std::string, std::string>> fields_;
  std::string body_;
};

/// A client of a service, which waits for what comes. It is made with Boost.Beast, and so with
/// Boost.Asio: its own file only, so that a program with standalone Asio may have one.
class Client {
 public:
  /// \throws boost::system::system_error if nobody listens there
  explicit Client(std::uint16_t port);
  explicit Client(const std::string& path);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// Sends bytes, as far as the service takes them.
  Client& send(std::string_view bytes);
  /// Sends no more.
  Client& end();

  /// Waits for an answer. Its status is 0 if the service hangs up instead.
  Reply answer(bool without_body = false);
  /// Waits until the service hangs up. Returns what came before.
  std::string rest();

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

/// Returns the answer to one request.
template <class Where>
Reply get(const Where& where, std::string_view target, std::string_view fields = {}) {
  return Client(where).send(request(target, fields)).answer();
}

inline std::string field(const Reply& reply, std::string_view name) { return reply.field(name); }

}  // namespace perf_timer::test
