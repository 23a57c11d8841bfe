//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/type_name.hpp>
#include <perf_timer/operations.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

#include "signatures.hpp"

#include <algorithm>
#include <functional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

// What the compiler of this very test writes.

namespace app::asio::detail {

std::string current_function(std::source_location at = std::source_location::current()) {
  return perf_timer::detail::function_name(at.function_name());
}

/// Returns the name of a handler of that type. g++ says in which function a lambda stands, clang in
/// which line.
template <class Handler>
std::string name_of(const Handler&) {
  const auto name =
      perf_timer::detail::handler_name(perf_timer::detail::signature_with<Handler*>());
  if (name.file.empty()) return name.function;
  BOOST_TEST(name.file.ends_with("compiled_names.cpp"));
  BOOST_TEST(name.line > 0u);
  return name.function;
}

/// Whether it is what a compiler can know of a lambda there.
bool is_lambda_in(const std::string& name, const std::string& function) {
  return name == function + " lambda" || name == "lambda";
}

struct done {
  void operator()() const {}
};

template <class T>
struct session {
  session() { in_constructor = current_function(); }
  explicit operator bool() const {
    in_conversion = current_function();
    return true;
  }
  boost::asio::awaitable<void> run(std::string) {
    in_coroutine = current_function();
    co_return;
  }
  auto read() {
    in_function = current_function();
    return [this] { in_lambda = current_function(); };
  }
  void member() {}

  mutable std::string in_constructor, in_conversion, in_coroutine, in_function, in_lambda;
};

const std::string here = "app::asio::detail::";

BOOST_AUTO_TEST_SUITE(compiled_names)

BOOST_AUTO_TEST_CASE(functions_are_called_what_their_author_calls_them) {
  session<std::vector<int>> session;
  static_cast<void>(static_cast<bool>(session));
  session.read()();
  boost::asio::io_context context;
  boost::asio::co_spawn(context, session.run(""), boost::asio::detached);
  context.run();
  BOOST_TEST(session.in_constructor == here + "session::session");
  BOOST_TEST(session.in_conversion == here + "session::operator bool");
  BOOST_TEST(session.in_function == here + "session::read");
  BOOST_TEST(session.in_lambda == here + "session::read() lambda");
  BOOST_TEST(session.in_coroutine == here + "session::run");
}

BOOST_AUTO_TEST_CASE(handlers_are_called_what_their_author_calls_them) {
  session<int> session;
  BOOST_TEST(is_lambda_in(name_of(session.read()), here + "session::read()"));
  BOOST_TEST(name_of(done()) == here + "done");
  BOOST_TEST(name_of(std::bind(&app::asio::detail::session<int>::member, &session)) ==
             here + "session<int> member");
  BOOST_TEST(name_of(std::function<void()>(done())) == "");
  boost::asio::io_context context;
  BOOST_TEST(name_of(boost::asio::bind_executor(boost::asio::make_strand(context), done())) ==
             here + "done");
}

// In a tracked program.
BOOST_AUTO_TEST_CASE(operations_have_the_names_of_their_handlers) {
  boost::asio::io_context context;
  session<char> session;
  boost::asio::steady_timer timer(context, boost::asio::steady_timer::time_point());
  boost::asio::post(context, session.read());
  timer.async_wait(std::bind(&app::asio::detail::session<char>::member, &session));
  boost::asio::post(boost::asio::make_strand(context), done());
  context.run();

  const auto all = perf_timer::operations();
  const auto is_there = [&all](const std::string& name) {
    return std::any_of(all.begin(), all.end(), [&](const perf_timer::OperationSnapshot& operation) {
      if (operation.function == name) return true;
      return operation.function == "lambda" && operation.line != 0 &&
             operation.file.ends_with("compiled_names.cpp") && name.ends_with(" lambda");
    });
  };
  BOOST_TEST(is_there(here + "session::read() lambda"));
  BOOST_TEST(is_there(here + "session<char> member"));
  BOOST_TEST(is_there(here + "done"));
  BOOST_TEST(is_there("the strand's queue"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace app::asio::detail
