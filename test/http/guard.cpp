//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "http/guard.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Answer;
using detail::equal_in_constant_time;
using detail::Guard;
using detail::Request;

const std::string token = "0123456789abcdef";

unsigned status(const Guard& guard, const Request& request) {
  const auto refusal = guard.refuse(request);
  return refusal ? refusal->status : 200;
}

BOOST_AUTO_TEST_SUITE(guard)

BOOST_AUTO_TEST_CASE(by_which_names_it_may_be_called) {
  const Guard guard({"server.example", "other:9464"}, {}, 9464);
  const struct {
    const char* host;
    unsigned status;
  } rows[] = {
      {"", 200},  // no browser
      {"localhost", 200},
      {"LocalHost:9464", 200},
      {"127.0.0.1:9464", 200},
      {"192.168.1.7", 200},
      {"[::1]:9464", 200},
      {"[::1]", 200},
      {"server.example", 200},
      {"SERVER.example:1", 200},
      {"other:9464", 200},
      {"other:9465", 421},
      {"evil.example", 421},
      {"evil.example:9464", 421},
      {"localhost.evil.example", 421},
      {"127.0.0.1.evil.example", 421},
      {"server.example.evil.example", 421},
      {"[", 421},
      {":", 421},
      {"[::1", 421},
      {"127.0.0.1@evil.example", 421},
      {"0x7f.1", 421},
      {"[::1].evil.example", 421},
      {"[::1]evil.example", 421},
      {"127.0.0.1:80.evil.example", 421},
      {"127.0.0.1:80@evil.example", 421},
      {"localhost:evil.example", 421},
      {"::1", 421},
      {"[]", 421},
  };
  for (const auto& row : rows)
    BOOST_TEST(status(guard, {.host = row.host}) == row.status, row.host);
}

BOOST_AUTO_TEST_CASE(whose_page_may_ask) {
  const Guard guard({}, {}, 9464);
  const struct {
    const char *site, *mode, *path;
    unsigned status;
  } rows[] = {
      {"", "", "/trace", 200},  // no browser, or an old one
      {"none", "navigate", "/trace", 200},
      {"same-origin", "cors", "/perf.json", 200},
      {"same-origin", "navigate", "/trace", 200},
      {"cross-site", "navigate", "/", 200},  // a link
      {"cross-site", "navigate", "/trace", 403},
      {"cross-site", "no-cors", "/trace", 403},
      {"cross-site", "no-cors", "/report", 403},
      {"cross-site", "", "/report", 403},
      {"same-site", "cors", "/perf.json", 403},  // of another port
  };
  for (const auto& row : rows)
    BOOST_TEST(status(guard, {.path = row.path, .fetch_site = row.site, .fetch_mode = row.mode}) ==
                   row.status,
               row.site << ' ' << row.mode << ' ' << row.path);
}

BOOST_AUTO_TEST_CASE(who_knows_the_token) {
  const Guard guard({}, token, 9464);
  BOOST_TEST(status(guard, {}) == 401u);
  BOOST_TEST(status(guard, {.authorization = "Bearer " + token}) == 200u);
  BOOST_TEST(status(guard, {.authorization = "bearer " + token}) == 200u);
  for (const std::string& wrong :
       std::vector{"Basic " + token, token, "Bearer " + token + "0",
                   std::string("Bearer 0123456789abcdeF"), std::string("Bearer ")})
    BOOST_TEST(status(guard, {.authorization = wrong}) == 401u, wrong);
}

BOOST_AUTO_TEST_CASE(a_browser_gets_a_cookie) {
  const Guard guard({}, token, 9464);
  const auto answer = guard.refuse({.path = "/report", .options = {{"token", token}}});
  BOOST_REQUIRE(answer.has_value());
  BOOST_TEST(answer->status == 303u);
  using Field = std::pair<std::string_view, std::string>;
  BOOST_TEST((answer->fields.at(0) == Field("Location", "/")));
  BOOST_TEST(
      (answer->fields.at(1) ==
       Field("Set-Cookie", "perf_timer_9464=" + token + "; Path=/; HttpOnly; SameSite=Strict")));
  BOOST_TEST(status(guard, {.options = {{"token", "wrong"}}}) == 401u);
}

BOOST_AUTO_TEST_CASE(and_then_needs_no_token) {
  const Guard guard({}, token, 9464);
  BOOST_TEST(status(guard, {.cookie = "perf_timer_9464=" + token}) == 200u);
  BOOST_TEST(status(guard, {.cookie = "a=b;  perf_timer_9464=" + token + "; c=d"}) == 200u);
  for (const char* const wrong : {"perf_timer_9464=", "perf_timer_9465=0123456789abcdef", "=", ";",
                                  "xperf_timer_9464=0123456789abcdef", "perf_timer_9464"})
    BOOST_TEST(status(guard, {.cookie = wrong}) == 401u, wrong);
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_refused_even_with_the_token) {
  const Guard guard({}, token, 9464);
  BOOST_TEST(status(guard, {.host = "evil.example", .authorization = "Bearer " + token}) == 421u);
}

BOOST_AUTO_TEST_CASE(a_token_that_can_be_guessed_or_not_be_sent_is_none) {
  for (const char* const bad : {"short", "012345678901234", "0123456789abcdef ",
                                "0123456789abcde\n", "0123456789abcde;", "0123456789abcde%"})
    BOOST_CHECK_THROW(Guard({}, bad, 1), std::invalid_argument);
  BOOST_CHECK_NO_THROW(Guard({}, "aZ09-_.aZ09-_.aZ", 1));
}

BOOST_AUTO_TEST_CASE(texts_are_compared) {
  BOOST_TEST(equal_in_constant_time("", ""));
  BOOST_TEST(equal_in_constant_time("ab", "ab"));
  for (const char* const other : {"", "a", "aB", "Ab", "abc", "abab"})
    BOOST_TEST(!equal_in_constant_time("ab", other), other);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
