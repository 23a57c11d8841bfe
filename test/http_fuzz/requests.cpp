//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Whatever a client sends, in whatever pieces: each request is answered once, in order, and who
// isn't known gets nothing. libFuzzer makes the inputs. Their last byte says in which pieces they
// come, and whether a token is needed.
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/connection.hpp"
#include "http/guard.hpp"
#include "http/pages.hpp"

namespace perf_timer::test {
namespace {

using detail::Answer;
using detail::Connection;
using detail::Descriptor;
using detail::Request;
using detail::Socket;

const std::string token = "0123456789abcdef";

/// Ends the program as a crash does, so that libFuzzer keeps the input.
void must(bool so, const char* what) {
  if (so) return;
  std::fprintf(stderr, "this doesn't hold: %s\n", what);
  std::abort();
}

/// A request that was complete, and what was answered.
struct Asked {
  std::string path;
  bool only_head = false;
  unsigned status = 0;

  bool operator==(const Asked&) const = default;
};

struct Conversation {
  std::vector<Asked> asked;
  std::string received;
};

/// Returns whether a page of somebody else could have made a browser send this `Host`. This is less
/// exact than `Guard`, and has nothing in common with it.
bool may_be_of_others(std::string host) {
  if (host.empty()) return false;
  for (char& c : host) c = static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  if (host.starts_with("localhost")) host.erase(0, 9);
  if (host.starts_with("server.example")) host.erase(0, 14);
  if (host.starts_with("[") && host.find(']') != host.npos) host.erase(0, host.find(']'));
  return host.find_first_not_of("0123456789.:]") != host.npos;
}

Answer answer(const Request& request, bool with_token, std::string_view sent) {
  static const detail::Guard open({"server.example"}, {}, 9464);
  static const detail::Guard closed({"server.example"}, token, 9464);
  if (auto refusal = (with_token ? closed : open).refuse(request)) {
    must(refusal->status == 421 || refusal->status == 403 ||
             (with_token && (refusal->status == 401 || refusal->status == 303)),
         "a refusal says that a name isn't known, or a token is needed");
    return std::move(*refusal);
  }
  must(!may_be_of_others(request.host), "only who uses a known name is served");
  must(request.fetch_site != "cross-site" || request.path != "/trace",
       "no page of somebody else makes the program record a trace");
  must(!with_token || sent.find(token) != sent.npos, "only who sends the token is served");
  static detail::PageFeed feed;  // what was asked before matters, too
  Answer page = detail::page_at(request, feed);
  must(page.trace_for.count() >= 0 && page.trace_for.count() <= 60, "no trace is endless");
  page.body.resize(std::min<std::size_t>(page.body.size(), 1000));  // not to fuzz `send`
  return page;
}

/// Talks to a connection. `piece` is how many bytes come at once.
Conversation talk(std::string_view bytes, std::size_t piece, bool with_token) {
  std::array<int, 2> ends{};
  must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0, "sockets");
  const Descriptor client(ends[0]);
  const Connection::Time now{};
  Connection connection(Socket(Descriptor(ends[1])), now);
  Conversation result;
  const auto answering = [&](const Request& request) {
    Answer one = answer(request, with_token, bytes);
    result.asked.push_back({request.path, request.only_head, one.status});
    return one;
  };
  const auto go_on = [&] {
    do {
      connection.go_on(answering, now);
      if (connection.waits_for_trace()) connection.send({.body = "a trace\n"}, now);
      std::array<char, 65536> some;
      for (ssize_t n = 0; (n = ::recv(client.get(), some.data(), some.size(), 0)) > 0;)
        result.received.append(some.data(), static_cast<std::size_t>(n));
    } while (connection.can_go_on() || connection.wants_to_write());
  };
  for (std::size_t at = 0; at < bytes.size() && !connection.is_over(); at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    static_cast<void>(::send(client.get(), part.data(), part.size(), MSG_NOSIGNAL));
    go_on();
  }
  ::shutdown(client.get(), SHUT_WR);
  while (!connection.is_over()) go_on();
  return result;
}

/// Returns the value of a header's field, which it must have.
std::size_t content_length(std::string_view header) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  const auto at = header.find(name);
  must(at != header.npos, "an answer has a length");
  return std::strtoul(header.data() + at + name.size(), nullptr, 10);
}

/// Checks the header of an answer: nothing that a client sent may become a field.
void check_header(std::string_view header) {
  static const std::set<std::string_view> known{"Allow",
                                                "Cache-Control",
                                                "Connection",
                                                "Content-Disposition",
                                                "Content-Length",
                                                "Content-Security-Policy",
                                                "Content-Type",
                                                "Cross-Origin-Resource-Policy",
                                                "Location",
                                                "Referrer-Policy",
                                                "Set-Cookie",
                                                "WWW-Authenticate",
                                                "X-Content-Type-Options"};
  must(header.starts_with("HTTP/1.1 "), "an answer begins like one");
  std::set<std::string_view> names;
  for (auto end = header.find("\r\n"); end + 2 < header.size();) {
    const auto begin = end + 2;
    end = std::min(header.find("\r\n", begin), header.size());
    const std::string_view line = header.substr(begin, end - begin);
    const std::string_view name = line.substr(0, line.find(": "));
    must(known.contains(name), "an answer has the fields that it should have");
    must(names.insert(name).second, "no field is twice in an answer");
  }
  must(header.find("\r\nX-Content-Type-Options: nosniff\r\n") != header.npos, "nosniff");
}

void check(const Conversation& conversation) {
  std::string_view rest = conversation.received;
  for (const Asked& asked : conversation.asked) {
    const auto end = rest.find("\r\n\r\n");
    must(end != rest.npos, "each request is answered");
    const std::string_view header = rest.substr(0, end + 2);
    check_header(header);
    must(header.substr(9, 3) == std::to_string(asked.status), "in the order in which they came");
    rest.remove_prefix(end + 4);
    const std::size_t length = asked.only_head ? 0 : content_length(header);
    must(rest.size() >= length, "the whole answer comes");
    rest.remove_prefix(length);
  }
  if (rest.empty()) return;
  // At the end comes what isn't a request that could be served.
  const auto end = rest.find("\r\n\r\n");
  must(end != rest.npos, "a refusal is whole");
  check_header(rest.substr(0, end + 2));
  const std::string_view status = rest.substr(9, 3);
  must(status == "400" || status == "405" || status == "413" || status == "431",
       "a refusal says why");
  must(rest.size() == end + 4 + content_length(rest), "nothing follows a refusal");
}

}  // namespace
}  // namespace perf_timer::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perf_timer::test;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size - 1);
  const unsigned choice = data[size - 1];
  const bool with_token = choice % 2 != 0;
  const std::size_t piece = 1 + std::size_t{choice / 2} * choice / 8;
  const Conversation at_once = talk(bytes, 100'000, with_token);
  check(at_once);
  if (piece < bytes.size() && bytes.size() / piece < 500) {
    const Conversation in_pieces = talk(bytes, piece, with_token);
    check(in_pieces);
    must(in_pieces.asked == at_once.asked, "it doesn't matter in which pieces a request comes");
  }
  return 0;
}
