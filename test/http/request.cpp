//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "http/request.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace perf_timer::test {
namespace {

using detail::Request;
using detail::RequestReader;
using namespace std::string_literals;

/// Gives a reader all bytes, at most so many at once. Returns what it hasn't taken.
std::string take_all(RequestReader& reader, std::string_view bytes, std::size_t at_once) {
  std::string unread;
  while (!bytes.empty() && !reader.is_over()) {
    unread += bytes.substr(0, at_once);
    bytes.remove_prefix(std::min(at_once, bytes.size()));
    unread.erase(0, reader.take(unread));
  }
  return unread += bytes;
}

/// Returns the status with which bytes are refused, 200 if they aren't, and 0 if there are too few.
unsigned status_of(std::string_view bytes, std::size_t at_once = std::string_view::npos) {
  RequestReader reader;
  take_all(reader, bytes, at_once);
  if (!reader.is_over()) return 0;
  return reader.refusal() ? reader.refusal()->status : 200;
}

Request read(std::string_view bytes) {
  RequestReader reader;
  take_all(reader, bytes, bytes.size());
  BOOST_TEST_REQUIRE(reader.is_over());
  BOOST_TEST_REQUIRE(!reader.refusal());
  return reader.request();
}

std::string get(const std::string& target, const std::string& fields = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

const std::string nines(19, '9');

const struct {
  std::string what, bytes;
  unsigned status;
} rows[] = {
    {"nothing", "", 0},
    {"half a request", "GET / HT", 0},
    {"half a header", "GET / HTTP/1.1\r\nHost: ", 0},
    {"a request", get("/"), 200},
    {"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 200},
    {"a query", get("/now?" + std::string(3000, 'a')), 200},
    {"a greeting of TLS", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"s, 400},
    {"empty lines", "\r\n\r\n\r\n" + get("/"), 400},
    {"a header of just below 8 KB", get("/", "X: " + std::string(8000, 'a') + "\r\n"), 200},
    {"a header of 9 KB", get("/", "X: " + std::string(9000, 'a') + "\r\n"), 431},
    {"a header that doesn't end", "GET / HTTP/1.1\r\nX: " + std::string(9000, 'a'), 431},
    {"a path that doesn't end", "GET /" + std::string(9000, 'a'), 431},
    {"an unknown method", "FROBNICATE / HTTP/1.1\r\n\r\n", 405},
    {"DELETE", "DELETE / HTTP/1.1\r\n\r\n", 405},
    {"CONNECT", "CONNECT a:1 HTTP/1.1\r\n\r\n", 405},
    {"POST", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 405},
    {"POST with a body", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 405},
    {"GET with a body", get("/", "Content-Length: 3\r\n") + "abc", 413},
    {"GET that promises a huge body", get("/", "Content-Length: " + nines + "\r\n"), 413},
    {"GET with chunks", get("/", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 413},
    {"two lengths", get("/", "Content-Length: 0\r\nContent-Length: 4\r\n"), 400},
    {"a negative length", get("/", "Content-Length: -1\r\n"), 400},
    {"a length beyond all", get("/", "Content-Length: " + nines + nines + "\r\n"), 400},
    {"a NUL in the path", "GET /\0 HTTP/1.1\r\n\r\n"s, 400},
    {"a NUL in a field", "GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"s, 400},
    {"a bare line feed", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", 400},
    {"no path", get("*"), 400},
    {"two hosts", get("/", "Host: b\r\n"), 400},
    {"a whole URL", get("http://example.org/metrics"), 200},
    {"a whole URL of something else", get("https://example.org/metrics"), 400},
    {"a whole URL without a host", get("http:///metrics"), 400},
    {"a URL without a host", get("http:metrics"), 400},
    {"half of an escape", get("/%2"), 400},
    {"HTTP/9.9", "GET / HTTP/9.9\r\n\r\n", 400},
};

BOOST_AUTO_TEST_SUITE(request)

BOOST_AUTO_TEST_CASE(what_is_served_and_what_is_not) {
  for (const auto& row : rows) BOOST_TEST(status_of(row.bytes) == row.status, row.what);
}

BOOST_AUTO_TEST_CASE(it_does_not_matter_how_the_bytes_come) {
  for (const auto& row : rows)
    for (const std::size_t at_once : {1u, 2u, 3u, 5u, 100u, 1000u})
      BOOST_TEST(status_of(row.bytes, at_once) == row.status, row.what << ", " << at_once);
}

BOOST_AUTO_TEST_CASE(what_follows_is_left) {
  RequestReader reader;
  BOOST_TEST(take_all(reader, get("/now") + "GET", 1000) == "GET");
}

BOOST_AUTO_TEST_CASE(its_target_is_decoded) {
  const auto path = [](const char* target) { return read(get(target)).path; };
  BOOST_TEST(path("/now") == "/now");
  BOOST_TEST(path("/now?") == "/now");
  BOOST_TEST(path("/n%6fw?a=b") == "/now");
  BOOST_TEST(path("/a/../now") == "/a/../now");  // there are no folders
  BOOST_TEST(path("/now%00") == "/now\0"s);
  BOOST_TEST(path("//now") == "//now");
}

BOOST_AUTO_TEST_CASE(of_a_whole_url_the_host_counts) {
  const Request asked = read(get("http://example.org:9464/now?a=b"));
  BOOST_TEST(asked.host == "example.org:9464");
  BOOST_TEST(asked.path == "/now");
  BOOST_TEST(asked.options.at("a") == "b");
  BOOST_TEST(read(get("http://user@[::1]")).host == "[::1]");
  BOOST_TEST(read(get("http://localhost")).path == "/");
}

BOOST_AUTO_TEST_CASE(its_options_are_decoded) {
  using Options = std::map<std::string, std::string>;
  const auto options = [](const char* target) { return read(get(target)).options; };
  BOOST_TEST((options("/trace") == Options{}));
  BOOST_TEST((options("/trace?seconds=3") == Options{{"seconds", "3"}}));
  BOOST_TEST((options("/?a=%26&b=&c&a=2") == Options{{"a", "2"}, {"b", ""}, {"c", ""}}));
}

BOOST_AUTO_TEST_CASE(its_fields_say_who_asks) {
  const Request asked =
      read("HEAD / HTTP/1.1\r\nHost: h:1\r\nAuthorization: Bearer t\r\nCookie: c=d\r\n\r\n");
  BOOST_TEST(asked.host == "h:1");
  BOOST_TEST(asked.authorization == "Bearer t");
  BOOST_TEST(asked.cookie == "c=d");
  BOOST_TEST(asked.only_head);
}

BOOST_AUTO_TEST_CASE(a_list_may_be_in_several_fields) {
  BOOST_TEST(read(get("/")).accept == "");
  BOOST_TEST(read(get("/", "Accept: a/b;q=0.5\r\nX: y\r\naccept: c/d, e/f\r\n")).accept ==
             "a/b;q=0.5,c/d, e/f");
}

BOOST_AUTO_TEST_CASE(it_says_whether_others_follow) {
  BOOST_TEST(read("GET / HTTP/1.1\r\n\r\n").keeps_connection);
  BOOST_TEST(!read("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").keeps_connection);
  BOOST_TEST(!read("GET / HTTP/1.0\r\n\r\n").keeps_connection);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
