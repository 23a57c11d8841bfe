//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/serve.hpp>
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/trace.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <locale>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "common/hangs_after.hpp"
#include "common/quiet_timer.hpp"
#include "http/client.hpp"
#include "http/messages.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;

constexpr std::string_view close_after = "Connection: close\r\n";

#if defined(_WIN32) && defined(PERF_TIMER_EMULATOR)
constexpr bool tells_who_listens = false;  // wine's table of ports has no processes
#else
constexpr bool tells_who_listens = true;
#endif

ServiceOptions any_port() { return {.port = 0}; }

BOOST_AUTO_TEST_SUITE(service, *hangs_after(120))

BOOST_AUTO_TEST_CASE(shows_what_the_timers_measured) {
  QuietTimer<std::chrono::steady_clock> timer("GET /ledger");
  {
    const auto run = timer.measure();
  }
  const Service service = serve(any_port());
  const auto port = service.port();
  BOOST_TEST(has(get(port, "/report").body(), "GET /ledger"));
  if (HAS_METRICS) BOOST_TEST(has(get(port, "/metrics").body(), "perf_timer_runs_total{"));
  const auto timers = timers_from_json(boost::json::parse(get(port, "/perf.json").body()));
  BOOST_REQUIRE(timers.size() == 1u);
  BOOST_TEST(timers[0].name == "GET /ledger");
  BOOST_TEST(has(get(port, "/").body(), "<!doctype html>"));
}

BOOST_AUTO_TEST_CASE(metrics_are_in_the_format_that_is_asked_for,
                     *boost::unit_test::enable_if<HAS_METRICS>()) {
  QuietTimer<std::chrono::steady_clock> timer("GET /ledger");
  {
    auto run = timer.measure();
    run.label("trace_id", "4bf9");
  }
  const Service service = serve(any_port());
  const Reply text = get(service.port(), "/metrics");
  BOOST_TEST(field(text, "Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  BOOST_TEST(field(text, "Vary") == "Accept");
  BOOST_TEST(!has(text.body(), "4bf9"));
  const Reply openmetrics =
      get(service.port(), "/metrics",
          "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5\r\n");
  BOOST_TEST(field(openmetrics, "Content-Type") ==
             "application/openmetrics-text; version=1.0.0; charset=utf-8");
  BOOST_TEST(field(openmetrics, "Vary") == "Accept");
  BOOST_TEST(has(openmetrics.body(), " # {trace_id=\"4bf9\"} "));
  BOOST_TEST(openmetrics.body().ends_with("# EOF\n"));
}

// ThreadSanitizer hands signals over late, so that a step doesn't say for whom it executes.
BOOST_AUTO_TEST_CASE(shows_what_is_open_now,
                     *boost::unit_test::enable_if<!detail::has_thread_sanitizer>()) {
  QuietTimer<std::chrono::steady_clock> timer("a session");
  asio::io_context context;
  const Service service = serve(any_port());
  std::string shown;
  asio::post(instrument(context), [&] {
    const auto run = timer.measure();
    shown = get(service.port(), "/now").body();
  });
  context.run();
  BOOST_TEST(has(shown, "steps that execute: 1\n"), shown);
  BOOST_TEST(has(shown, ", for a session"), shown);
  BOOST_TEST(has(shown, "the oldest first: 1\n  a session: for "), shown);
  BOOST_TEST(has(shown, ", executing, busy "), shown);
}

BOOST_AUTO_TEST_CASE(a_terminal_obeys_no_name) {
  QuietTimer<std::chrono::steady_clock> timer("a \x1b[2J session");
  const auto run = timer.start();
  const Service service = serve(any_port());
  const std::string shown = get(service.port(), "/now").body();
  BOOST_TEST(has(shown, "  a \\x1b[2J session: for "), shown);
}

/// In whose locale numbers look otherwise.
struct GroupsDigits : std::numpunct<char> {
  char do_thousands_sep() const override { return ','; }
  std::string do_grouping() const override { return "\1"; }
};

BOOST_AUTO_TEST_CASE(the_locale_of_the_program_changes_nothing) {
  QuietTimer<std::chrono::steady_clock> timer("a session");
  std::vector<AsioPerfTimer::StartedRun> runs;
  for (int i = 0; i < 12; ++i) runs.push_back(timer.start());
  const Service service = serve(any_port());
  const std::locale before =
      std::locale::global(std::locale(std::locale::classic(), new GroupsDigits));
  const Reply now = get(service.port(), "/now");
  std::locale::global(before);
  BOOST_TEST(has(now.body(), "the oldest first: 12\n"), now.body());
}

BOOST_AUTO_TEST_CASE(says_what_is_there) {
  const Service service = serve(any_port());
  const Reply index = get(service.port(), "/index"), missing = get(service.port(), "/nowhere");
  BOOST_TEST(missing.result_int() == 404u);
  std::vector<std::string> paths{"/", "/report", "/now", "/stalls", "/trace", "/perf.json"};
  if (HAS_METRICS) paths.push_back("/metrics");
  for (const std::string& path : paths) {
    BOOST_TEST(has(index.body(), "<a href=\"" + path + "\">"), path);
    BOOST_TEST(has(missing.body(), "\n" + path + ": "), path);
  }
}

BOOST_AUTO_TEST_CASE(answers_must_not_be_kept_or_embedded) {
  const Service service = serve(any_port());
  for (const char* const path : {"/", "/report", "/perf.json", "/metrics", "/nowhere"}) {
    const Reply reply = get(service.port(), path);
    BOOST_TEST(field(reply, "Cache-Control") == "no-store", path);
    BOOST_TEST(field(reply, "X-Content-Type-Options") == "nosniff", path);
    BOOST_TEST(has(field(reply, "Content-Security-Policy"), "frame-ancestors 'none'"), path);
    BOOST_TEST(field(reply, "Access-Control-Allow-Origin") == "", path);
  }
}

BOOST_AUTO_TEST_CASE(head_is_get_without_the_body) {
  const Service service = serve(any_port());
  for (const char* const path : {"/", "/index", "/nowhere"}) {
    const Reply whole = get(service.port(), path);
    Client client(service.port());
    const Reply head = client.send(request(path, {}, "HEAD")).answer(true);
    BOOST_TEST(head.result_int() == whole.result_int());
    BOOST_TEST(field(head, "Content-Length") == std::to_string(whole.body().size()));
    BOOST_TEST(client.send(request("/index", close_after)).answer().result_int() == 200u);
    BOOST_TEST(client.rest() == "");
  }
}

BOOST_AUTO_TEST_CASE(other_methods_are_refused) {
  const Service service = serve(any_port());
  const Reply reply = Client(service.port()).send(request("/", {}, "POST")).answer();
  BOOST_TEST(reply.result_int() == 405u);
  BOOST_TEST(field(reply, "Allow") == "GET, HEAD");
}

BOOST_AUTO_TEST_CASE(a_client_may_ask_again_or_for_all_at_once) {
  const Service service = serve(any_port());
  Client client(service.port());
  for (int i = 0; i < 3; ++i)
    BOOST_TEST(client.send(request("/index")).answer().result_int() == 200u);
  std::string all;
  for (int i = 0; i < 200; ++i) all += request(i % 2 == 0 ? "/index" : "/nowhere");
  client.send(all);
  for (int i = 0; i < 200; ++i)
    BOOST_TEST(client.answer().result_int() == (i % 2 == 0 ? 200u : 404u));
}

BOOST_AUTO_TEST_CASE(a_trace_is_recorded_and_sent) {
  QuietTimer<std::chrono::steady_clock> timer("traced");
  const Service service = serve(any_port());
  Client client(service.port());
  client.send(request("/trace?seconds=1"));
  // Another one meanwhile is told so. When it is, the trace goes on.
  while (get(service.port(), "/trace?seconds=1").result_int() != 409u) {
  }
  BOOST_TEST(tracing());
  {
    const auto run = timer.measure();
  }
  const Reply reply = client.answer();
  BOOST_TEST(reply.result_int() == 200u);
  BOOST_TEST(field(reply, "Content-Disposition") ==
             "attachment; filename=\"perf_timer.trace.json\"");
  BOOST_TEST(boost::json::parse(reply.body()).is_object());
  BOOST_TEST(has(reply.body(), "\"traced\""));
  BOOST_TEST(!tracing());
}

BOOST_AUTO_TEST_CASE(of_who_goes_away_no_trace_is_recorded) {
  const Service service = serve(any_port());
  {
    Client(service.port()).send(request("/trace?seconds=60"));
  }
  // If the first one were still recorded, this would be refused for a minute.
  Reply reply;
  do reply = get(service.port(), "/trace?seconds=1");
  while (reply.result_int() == 409u);
  BOOST_TEST(reply.result_int() == 200u);
}

BOOST_AUTO_TEST_CASE(a_trace_of_the_program_is_sent_and_goes_on) {
  start_trace();
  const Service service = serve(any_port());
  BOOST_TEST(get(service.port(), "/trace?seconds=60").result_int() == 200u);
  BOOST_TEST(tracing());
  clear_trace();
}

BOOST_AUTO_TEST_CASE(a_trace_takes_seconds) {
  const Service service = serve(any_port());
  for (const char* const target : {"/trace?seconds=0", "/trace?seconds=61", "/trace?seconds=-1",
                                   "/trace?seconds=", "/trace?seconds=1.5", "/trace?seconds=x"})
    BOOST_TEST(get(service.port(), target).result_int() == 400u, target);
}

BOOST_AUTO_TEST_CASE(it_may_be_moved_and_ends_with_its_object) {
  std::uint16_t first = 0, second = 0;
  {
    Service service = serve(any_port());
    first = service.port();
    Service moved = std::move(service);
    BOOST_TEST(get(first, "/index").result_int() == 200u);
    moved = serve(any_port());
    second = moved.port();
    BOOST_TEST(get(second, "/index").result_int() == 200u);
    BOOST_CHECK_THROW(Client{first}, boost::system::system_error);
  }
  BOOST_CHECK_THROW(Client{second}, boost::system::system_error);
}

BOOST_AUTO_TEST_CASE(its_end_hangs_up_on_everybody) {
  std::optional<Service> service(serve(any_port()));
  Client idle(service->port()), half(service->port()), waits(service->port());
  BOOST_TEST(idle.send(request("/index")).answer().result_int() == 200u);
  half.send("GET / HT");
  waits.send(request("/trace?seconds=60"));
  service.reset();
  BOOST_TEST(idle.rest() == "");
  BOOST_TEST(half.rest() == "");
  BOOST_TEST(waits.rest() == "");
  BOOST_TEST(!tracing());
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_says_by_whom) {
  const Service service = serve(any_port());
  const auto message =
      message_of<std::system_error>([&] { static_cast<void>(serve({.port = service.port()})); });
  if (tells_who_listens) {
#ifdef PERF_TIMER_EMULATOR
    BOOST_TEST(has(message, "qemu"), message);  // the name of what runs it
#else
    BOOST_TEST(has(message, "test"), message);  // its name
#endif
    BOOST_TEST(has(message, " (process " + std::to_string(detail::process_id()) + ")"), message);
  }
  BOOST_TEST(has(message, "already listens on 127.0.0.1 port " + std::to_string(service.port())),
             message);
  BOOST_TEST(has(message, " in use"), message);  // the system's words
}

// 192.0.2.1 is in documents only (RFC 5737).
BOOST_AUTO_TEST_CASE(an_address_of_another_machine_is_refused_with_words) {
  try {
    const Service service =
        serve({.address = "192.0.2.1", .port = 0, .token = "more than 16 characters"});
    BOOST_ERROR("serves on " + service.address());
  } catch (const std::system_error& error) {
    const std::string message = error.what();
    BOOST_TEST((error.code() == std::errc::address_not_available));
    BOOST_TEST(has(message, "can't listen on 192.0.2.1 port 0: "), message);
    BOOST_TEST(has(message, "ddress"), message);  // musl begins with it
  }
}

BOOST_AUTO_TEST_CASE(options_that_make_no_sense_are_refused) {
  const auto message = [](ServiceOptions options) {
    return message_of<std::invalid_argument>([&] { static_cast<void>(serve(options)); });
  };
  BOOST_TEST(has(message({.address = "server.example"}), "is no IP address"));
  BOOST_TEST(has(message({.address = ""}), "is no IP address"));
  BOOST_TEST(has(message({.address = "0.0.0.0", .port = 0}), "set a token"));
  BOOST_TEST(has(message({.address = "::", .port = 0}), "set a token"));
  BOOST_TEST(has(message({.port = 0, .token = "secret"}), "at least 16 characters"));
}

BOOST_AUTO_TEST_CASE(other_machines_need_a_token) {
  const std::string token = "0123456789abcdef";
  const Service service = serve({.address = "0.0.0.0", .port = 0, .token = token});
  BOOST_TEST(get(service.port(), "/report").result_int() == 401u);
  BOOST_TEST(
      get(service.port(), "/report", "Authorization: Bearer " + token + "\r\n").result_int() ==
      200u);
  const Reply reply = get(service.port(), "/?token=" + token);
  BOOST_TEST(reply.result_int() == 303u);
  const std::string cookie = field(reply, "Set-Cookie");
  BOOST_TEST(
      get(service.port(), "/report", "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n")
          .result_int() == 200u);
}

BOOST_AUTO_TEST_CASE(its_address_can_be_opened) {
  const Service v4 = serve(any_port());
  BOOST_TEST(v4.address() == "http://127.0.0.1:" + std::to_string(v4.port()) + "/");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
