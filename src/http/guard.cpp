//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "guard.hpp"

#include <perf_timer/detail/platform/socket.hpp>

#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/algorithm/string/trim.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t least_token = 16;

void check_token(const std::string& token) {
  if (token.empty()) return;
  const bool can_be_sent = std::ranges::all_of(token, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  if (!can_be_sent)
    throw std::invalid_argument(
        "serve: a token has letters, digits, '-', '_' and '.', and no other characters");
  if (token.size() < least_token)
    throw std::invalid_argument("serve: a token has at least " + std::to_string(least_token) +
                                " characters, or it can be guessed; this has " +
                                std::to_string(token.size()));
}

/// Returns the name or address in a `Host`, without its port and brackets; empty if anything else
/// follows it.
[[nodiscard]] std::string name_in(std::string_view host) {
  const bool in_brackets = host.starts_with('[');
  const auto end = std::min(host.find(in_brackets ? ']' : ':'), host.size());
  std::string_view port = host.substr(end);
  if (in_brackets) {
    if (!port.starts_with(']')) return {};
    port.remove_prefix(1);
  }
  if (!port.empty() &&
      (port.front() != ':' || port.find_first_not_of("0123456789", 1) != port.npos))
    return {};
  return std::string(host.substr(0, end).substr(in_brackets ? 1 : 0));
}

/// Returns whether a page of another site makes the browser ask. It couldn't read the answer, but
/// the program would record a trace. It may have a link to what only shows something.
[[nodiscard]] bool is_made_by_others(const Request& request) {
  if (request.fetch_site != "cross-site" && request.fetch_site != "same-site") return false;
  return request.fetch_mode != "navigate" || request.path == "/trace";
}

}  // namespace

bool equal_in_constant_time(std::string_view secret, std::string_view sent) noexcept {
  unsigned char different = secret.size() == sent.size() ? 0 : 1;
  for (std::size_t i = 0; i < sent.size(); ++i)
    different |= static_cast<unsigned char>(sent[i] ^ (i < secret.size() ? secret[i] : ~sent[i]));
  return different == 0;
}

Guard::Guard(std::vector<std::string> hosts, std::string token, unsigned port)
    : hosts_(std::move(hosts)),
      token_(std::move(token)),
      cookie_("perf_timer_" + std::to_string(port)) {
  check_token(token_);
}

bool Guard::knows_host(std::string_view host) const {
  // Programs may name none. Browsers always do, and it is the name in the address of the page that
  // asks. So the page of somebody else has a name that isn't known here, even if that name leads
  // here. An IP address is no name: a page that was loaded from it is this service's own.
  if (host.empty()) return true;
  const std::string name = name_in(host);
  if (boost::iequals(name, "localhost") || kind_of_address(name).is_address) return true;
  return std::ranges::any_of(hosts_, [&](const std::string& known) {
    return boost::iequals(known, name) || boost::iequals(known, host);
  });
}

bool Guard::is_token(std::string_view sent) const noexcept {
  return equal_in_constant_time(token_, sent);
}

bool Guard::has_token(const Request& request) const {
  constexpr std::string_view bearer = "Bearer ";
  if (boost::istarts_with(request.authorization, bearer))
    return is_token(std::string_view(request.authorization).substr(bearer.size()));
  std::vector<std::string> cookies;
  boost::split(cookies, request.cookie, [](char c) { return c == ';'; });
  return std::ranges::any_of(cookies, [&](std::string& cookie) {
    boost::trim(cookie);
    return cookie.starts_with(cookie_ + "=") &&
           is_token(std::string_view(cookie).substr(cookie_.size() + 1));
  });
}

std::optional<Answer> Guard::refuse(const Request& request) const {
  if (!knows_host(request.host))
    return Answer{.status = 421,
                  .body =
                      "this service isn't known by that name; call it by its IP address, or add "
                      "the name to ServiceOptions::hosts\n"};
  if (is_made_by_others(request))
    return Answer{.status = 403, .body = "a page of another site must not ask for this\n"};
  if (token_.empty()) return {};
  if (const auto sent = request.options.find("token");
      sent != request.options.end() && is_token(sent->second))
    return Answer{
        .status = 303,
        .body = "the browser has a cookie now\n",
        .fields = {{"Location", "/"},
                   {"Set-Cookie", cookie_ + "=" + token_ + "; Path=/; HttpOnly; SameSite=Strict"}}};
  if (has_token(request)) return {};
  return Answer{.status = 401,
                .body =
                    "a token is needed: open /?token=TOKEN in a browser, or send "
                    "'Authorization: Bearer TOKEN'\n",
                .fields = {{"WWW-Authenticate", "Bearer"}}};
}

}  // namespace perf_timer::inline v0_1::detail
