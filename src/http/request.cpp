//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "request.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace perf_timer::inline v0_1::detail {

// Of Asio, only its buffers are used, which Beast's parser takes. No configuration changes them.
namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t most_of_header = 8 * 1024;

[[nodiscard]] std::string text(boost::beast::string_view view) {
  return {view.data(), view.size()};
}

/// Returns the list that a header has, in one field or in several.
template <class Header>
[[nodiscard]] std::string all_of(const Header& fields, http::field name) {
  std::string list;
  const auto [first, last] = fields.equal_range(name);
  for (auto field = first; field != last; ++field) {
    const boost::beast::string_view value = field->value();
    list.append(list.empty() ? "" : ",").append(value.data(), value.size());
  }
  return list;
}

/// Whether a client that sends this takes gzip. One that names it and gives it a weight is taken at
/// its word only if the weight isn't zero.
[[nodiscard]] bool accepts_gzip(boost::beast::string_view codings) {
  for (const auto& [name, parameters] : http::ext_list(codings)) {
    if (!boost::beast::iequals(name, "gzip")) continue;
    for (const auto& [key, value] : parameters)
      if (boost::beast::iequals(key, "q"))
        return value.find_first_not_of("0.") != boost::beast::string_view::npos;
    return true;
  }
  return false;
}

}  // namespace

RequestReader::RequestReader() {
  parser_.header_limit(most_of_header);
  parser_.body_limit(boost::none);  // no body is read, whatever its announced length
}

std::size_t RequestReader::take(std::string_view bytes) {
  boost::system::error_code error;
  const std::size_t taken =
      parser_.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  if (error == http::error::need_more) return taken;
  if (error)
    refusal_ = Answer{.status = error == http::error::header_limit ? 431U : 400U,
                      .body = error.message() + "\n"};
  else if (parser_.is_header_done())
    judge();
  return taken;
}

void RequestReader::judge() {
  const auto& header = parser_.get();
  request_ = {.host = text(header[http::field::host]),
              .authorization = text(header[http::field::authorization]),
              .cookie = text(header[http::field::cookie]),
              .accept = all_of(header, http::field::accept),
              .accepts_gzip = accepts_gzip(header[http::field::accept_encoding]),
              .fetch_site = text(header["Sec-Fetch-Site"]),
              .fetch_mode = text(header["Sec-Fetch-Mode"]),
              .only_head = header.method() == http::verb::head,
              .keeps_connection = header.version() == 11 && parser_.keep_alive()};
  if (header.method() != http::verb::get && !request_.only_head)
    refusal_ = Answer{.status = 405,
                      .body = "only GET and HEAD are served\n",
                      .fields = {{"Allow", "GET, HEAD"}}};
  else if (!parser_.is_done())
    refusal_ = Answer{.status = 413, .body = "request bodies are not accepted\n"};
  else if (!read_target(text(header.target())))
    refusal_ = Answer{.status = 400, .body = "this is no path\n"};
  else if (header.count(http::field::host) > 1)
    refusal_ = Answer{.status = 400, .body = "a request has one Host\n"};
}

bool RequestReader::read_target(const std::string& target) {
  auto url = boost::urls::parse_origin_form(target);
  if (!url) {
    // As clients send it that take this for a proxy. Then its host counts, and not that of the
    // field.
    url = boost::urls::parse_absolute_uri(target);
    if (!url || url->scheme_id() != boost::urls::scheme::http || url->encoded_host().empty())
      return false;
    request_.host = {url->encoded_host_and_port().data(), url->encoded_host_and_port().size()};
  }
  request_.path = url->path().empty() ? "/" : url->path();
  for (const auto& option : url->params()) request_.options[option.key] = option.value;
  return true;
}

}  // namespace perf_timer::inline v0_1::detail
