//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "answer.hpp"

#include <perf_timer/detail/report/text_stream.hpp>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

#include "gzip.hpp"

#include <cstddef>

namespace perf_timer::inline v0_1::detail {

namespace http = boost::beast::http;

// A trace is larger than that: whoever waits for one doesn't wait for its compression as well.
constexpr std::size_t least_compressed = 1024, most_compressed = 8 << 20;

void compress(Answer& answer) {
  if (answer.body.size() < least_compressed || answer.body.size() > most_compressed) return;
  answer.body = gzip(answer.body);
  answer.fields.emplace_back("Content-Encoding", "gzip");
}

std::string bytes_of(const Answer& answer, bool with_body, bool keeps_connection) {
  http::response<http::empty_body> head(static_cast<http::status>(answer.status), 11);
  head.set(http::field::content_type, answer.type);
  // What is told is outdated at once, and nobody else's business.
  head.set(http::field::cache_control, "no-store");
  head.set("X-Content-Type-Options", "nosniff");
  head.set("Referrer-Policy", "no-referrer");
  head.set("Cross-Origin-Resource-Policy", "same-origin");
  head.set("Content-Security-Policy", answer.type == html_text
                                          ? "frame-ancestors 'none'"
                                          : "default-src 'none'; frame-ancestors 'none'");
  for (const auto& [name, value] : answer.fields) head.set(name, value);
  head.keep_alive(keeps_connection);
  head.content_length(answer.body.size());
  TextStream out;
  out << head;
  std::string bytes = std::move(out).str();
  if (with_body) bytes += answer.body;
  return bytes;
}

}  // namespace perf_timer::inline v0_1::detail
