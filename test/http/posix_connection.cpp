//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "http/connection.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/long_mode.hpp"
#include "statistics/failing_new.hpp"

namespace perf_timer::test {
namespace {

using detail::Answer;
using detail::Connection;
using detail::Request;
using detail::Socket;
using namespace std::chrono_literals;

/// A connection whose client is the test.
class Conversation {
 public:
  explicit Conversation(std::string body = "told\n") : body_(std::move(body)) {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
    for (const int end : ends) BOOST_TEST_REQUIRE(::fcntl(end, F_SETFL, O_NONBLOCK) == 0);
    client_ = detail::Descriptor(ends[0]);
    connection.emplace(Socket(detail::Descriptor(ends[1])), now);
  }

  Conversation& send(std::string_view bytes) {
    static_cast<void>(::send(client_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
    return *this;
  }
  Conversation& end() {
    ::shutdown(client_.get(), SHUT_WR);
    return *this;
  }
  Conversation& go_on() {
    const auto answering = [this](const Request& request) {
      asked.push_back(request.path);
      return Answer{.body = body_};
    };
    do connection->go_on(answering, now);
    while (connection->can_go_on());
    return *this;
  }
  /// Returns what has come.
  std::string received() {
    std::string all;
    std::array<char, 4096> bytes{};
    for (ssize_t n = 0; (n = ::recv(client_.get(), bytes.data(), bytes.size(), 0)) > 0;)
      all.append(bytes.data(), static_cast<std::size_t>(n));
    return all;
  }

  Connection::Time now{};
  std::optional<Connection> connection;
  std::vector<std::string> asked;

 private:
  std::string body_;
  detail::Descriptor client_;
};

const std::string get = "GET /now HTTP/1.1\r\nHost: a\r\n\r\n";

BOOST_AUTO_TEST_SUITE(connection)

BOOST_AUTO_TEST_CASE(a_request_is_answered_when_it_is_complete) {
  Conversation talk;
  for (const char c : get) {
    BOOST_TEST(talk.asked.empty());
    BOOST_TEST(talk.connection->wants_to_read());
    talk.send({&c, 1}).go_on();
  }
  BOOST_TEST(talk.asked == std::vector<std::string>{"/now"});
  const std::string answer = talk.received();
  BOOST_TEST(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  BOOST_TEST(answer.ends_with("\r\n\r\ntold\n"));
  BOOST_TEST(talk.connection->wants_to_read());
}

BOOST_AUTO_TEST_CASE(a_request_takes_five_seconds_however_it_comes) {
  Conversation talk;
  const auto deadline = talk.now + 5s;
  BOOST_TEST((talk.connection->deadline() == deadline));
  for (int i = 0; i < 10; ++i) {
    talk.now += 400ms;
    talk.send(get.substr(static_cast<std::size_t>(i), 1)).go_on();
    BOOST_TEST((talk.connection->deadline() == deadline));
  }
}

BOOST_AUTO_TEST_CASE(the_next_one_has_five_seconds_more) {
  Conversation talk;
  talk.now += 4s;
  talk.send(get).go_on();
  BOOST_TEST((talk.connection->deadline() == talk.now + 5s));
}

BOOST_AUTO_TEST_CASE(a_large_answer_is_sent_as_the_client_takes_it) {
  Conversation talk(std::string(3'000'000, 'x'));
  talk.send(get).go_on();
  BOOST_TEST(talk.connection->wants_to_write());
  // A second more for each 256 KB, so that a trace passes through a slow line.
  BOOST_TEST((talk.connection->deadline() == talk.now + 10s + 11s));
  std::string all;
  while (talk.connection->wants_to_write()) {
    all += talk.received();
    talk.go_on();
  }
  all += talk.received();
  BOOST_TEST(all.size() > 3'000'000u);
  BOOST_TEST(talk.connection->wants_to_read());
}

BOOST_AUTO_TEST_CASE(who_hangs_up_is_forgotten) {
  for (const std::size_t sent : {std::size_t{0}, std::size_t{5}, get.size()}) {
    Conversation talk;
    talk.send(get.substr(0, sent)).end().go_on();
    if (sent == get.size()) talk.go_on();  // it may have wanted the answer
    BOOST_TEST(talk.connection->is_over());
  }
}

BOOST_AUTO_TEST_CASE(who_sends_a_body_gets_the_answer_before_the_end) {
  Conversation talk;
  talk.send("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n").go_on();
  BOOST_TEST(talk.received().starts_with("HTTP/1.1 405 "));
  BOOST_TEST(!talk.connection->is_over());
  BOOST_TEST((talk.connection->deadline() == talk.now + 1s));
  talk.send(std::string(50'000, 'a')).go_on();
  BOOST_TEST(!talk.connection->is_over());
  talk.end().go_on();
  BOOST_TEST(talk.connection->is_over());
}

BOOST_AUTO_TEST_CASE(and_not_if_it_never_ends) {
  Conversation talk;
  talk.send("POST / HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n").go_on();
  for (int i = 0; i < 100 && !talk.connection->is_over(); ++i)
    talk.send(std::string(10'000, 'a')).go_on();
  BOOST_TEST(talk.connection->is_over());
}

BOOST_AUTO_TEST_CASE(without_memory_it_is_told_or_hangs_up) {
  for (int successes = 0; successes < 60; ++successes) {
    Conversation talk;
    talk.send(get);
    {
      const FailingNew failing(successes);
      talk.connection->go_on([](const Request&) { return Answer{.body = std::string(1000, 'x')}; },
                             talk.now);
    }
    const std::string answer = talk.received();
    const bool whole = answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("xxx");
    BOOST_TEST((whole || (talk.connection->is_over() && answer.starts_with("HTTP/1.1 503 "))),
               successes << ": " << answer);
    if (successes == 0) BOOST_TEST(!whole);
    if (successes == 59) BOOST_TEST(whole);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_told_says_why) {
  Conversation talk;
  talk.send(get);
  talk.connection->go_on([](const Request&) -> Answer { throw std::runtime_error("a reason"); },
                         talk.now);
  const std::string answer = talk.received();
  BOOST_TEST(answer.starts_with("HTTP/1.1 500 "));
  BOOST_TEST(answer.ends_with("this can't be told: a reason\n"));
}

/// Changes bytes at some places.
std::string changed(std::string bytes, std::mt19937& chance) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(chance);
  };
  for (std::size_t changes = 1 + below(12); changes-- > 0 && !bytes.empty();) {
    const std::size_t at = below(bytes.size());
    switch (below(3)) {
      case 0:
        bytes[at] = static_cast<char>(below(256));
        break;
      case 1:
        bytes.erase(at, 1 + below(40));
        break;
      default:
        static const std::array<std::string, 6> parts{
            "\r\n", std::string(1, '\0'), "\r\n\r\n", ": ", "%", std::string(9, '\xff')};
        bytes.insert(at, parts[below(parts.size())]);
    }
  }
  return bytes;
}

BOOST_AUTO_TEST_CASE(whatever_comes_it_is_answered_or_hung_up_on) {
  const std::vector<std::string> seeds{
      get, "HEAD /trace?seconds=3&token=%41 HTTP/1.1\r\nHost: [::1]:1\r\nCookie: a=b; c=d\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
      "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
      "GET / HTTP/1.0\r\nAuthorization: Bearer 0123456789abcdef\r\nConnection: close\r\n\r\n"};
  std::mt19937 chance(20261127);
  for (std::uint64_t turn = 0; turn < 5000 * long_mode(); ++turn) {
    const auto& one = seeds[chance() % seeds.size()];
    const auto& other = seeds[chance() % seeds.size()];
    const std::string bytes = changed(one + other, chance);
    Conversation talk;
    talk.send(bytes).go_on().end().go_on();
    const std::string answers = talk.received();
    BOOST_TEST((answers.empty() || answers.starts_with("HTTP/1.1 ")), bytes);
    BOOST_TEST(!talk.connection->wants_to_read(), bytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
