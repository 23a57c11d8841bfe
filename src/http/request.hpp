//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "answer.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What a client asks for.
struct Request {
  std::string path = {};                            ///< decoded
  std::map<std::string, std::string> options = {};  ///< after the "?", decoded; the last of a name
  std::string host = {};                            ///< empty if it names none
  std::string authorization = {};
  std::string cookie = {};
  std::string accept = {};  ///< empty if it accepts anything
  bool accepts_gzip = false;
  std::string fetch_site = {};  ///< whose page asks, as browsers say; empty if it isn't said
  std::string fetch_mode = {};  ///< what for, likewise
  bool only_head = false;
  bool keeps_connection = false;
};

/// Reads one request from what comes of a connection.
class RequestReader {
 public:
  RequestReader();

  /// Takes what has come, and returns how much of it isn't needed any more. The rest must be given
  /// again, with what comes next. Throws `std::bad_alloc`.
  [[nodiscard]] std::size_t take(std::string_view bytes);

  /// Whether the request is complete, or will never be served.
  [[nodiscard]] bool is_over() const noexcept { return refusal_ || parser_.is_header_done(); }

  /// Returns why it isn't served, and then the connection can't serve another one; or nothing.
  [[nodiscard]] const std::optional<Answer>& refusal() const noexcept { return refusal_; }
  /// Returns the request, once it is over.
  [[nodiscard]] const Request& request() const noexcept { return request_; }

 private:
  void judge();
  [[nodiscard]] bool read_target(const std::string& target);

  boost::beast::http::request_parser<boost::beast::http::empty_body> parser_;
  Request request_;
  std::optional<Answer> refusal_;
};

}  // namespace perf_timer::inline v0_1::detail
