//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/test/unit_test.hpp>

#include "signatures.hpp"

namespace {

// The callbacks of a program as its author wrote them, in many forms.
struct Row {
  const char* type;
  const char* name;
};

// As g++ 12 writes them. Long arguments are left out.
const Row of_gcc[]{
    {"chat::session::do_read()::<lambda(boost::system::error_code, std::size_t)>",
     "chat::session::do_read() lambda"},
    {"chat::built::built(boost::asio::io_context&)::<lambda()>", "chat::built::built() lambda"},
    {"chat::room<int>::run()::<lambda()>", "chat::room::run() lambda"},
    {"chat::room<int>::both<char>(char)::<lambda(auto:52&& ...)>", "chat::room::both() lambda"},
    {"chat::room<int>", "chat::room<int>"},
    {"chat::room<std::__cxx11::basic_string<char> >", "chat::room<std::string>"},
    {"chat::room<std::__cxx11::basic_string<char> >::visitor", "chat::room<std::string>::visitor"},
    {"chat::member_init::<lambda()>", "chat::member_init lambda"},
    {"{anonymous}::hidden", "hidden"},
    {"{anonymous}::deeper::hidden2::f(boost::asio::io_context&)::<lambda()>",
     "deeper::hidden2::f() lambda"},
    {"{anonymous}::anon_function(boost::asio::io_context&)::<lambda()>", "anon_function() lambda"},
    {"app::asio::detail::handler", "app::asio::detail::handler"},
    {"app::asio::detail::binder0<int>", "app::asio::detail::binder0<int>"},
    {"app::asio::detail::run(boost::asio::io_context&)::<lambda()>",
     "app::asio::detail::run() lambda"},
    {"<lambda(boost::asio::io_context&)>::<lambda()>", "lambda in lambda"},
    {"unnamed_t", "unnamed_t"},
    {"valued<colour::green, -3, true>", "valued<colour::green, -3, true>"},
    {"valued<(colour)7, 3, false, '>'>", "valued<(colour)7, 3, false, '>'>"},
    {"valued<colour::red, 1, false, '\\\"'>", "valued<colour::red, 1, false, '\\\"'>"},
    {"main()::<lambda(auto:83&)>::<lambda(boost::system::error_code, "
     "boost::asio::ip::basic_resolver<boost::asio::ip::tcp>::results_type)>",
     "main() lambda in lambda"},
    {"main()::<lambda(auto:69&)>::<lambda(auto:70, auto:71)>", "main() lambda in lambda"},
    {"void (*)()", "function()"},
    {"<lambda()>", "lambda"},
    {"chat::session::nested()::<lambda()>::<lambda(auto:15 ...)>::<lambda()>",
     "chat::session::nested() lambda in lambda in lambda"},
    {"chat::session::of_template<int>(int)::<lambda()>", "chat::session::of_template() lambda"},
    {"chat::session::of_template<int>(int)::L", "chat::session::of_template()::L"},
    {"chat::session::operator()(int, std::size_t)::<lambda()>",
     "chat::session::operator()() lambda"},
    {"chat::session::operator<(int)::<lambda()>", "chat::session::operator<() lambda"},
    {"chat::session::operator>>(int)::<lambda()>", "chat::session::operator>>() lambda"},
    {"chat::session::operator->()::<lambda()>", "chat::session::operator->() lambda"},
    {"chat::session::operator bool()::<lambda()>", "chat::session::operator bool() lambda"},
    {"chat::session::operator std::vector<int>() const &::<lambda()>",
     "chat::session::operator std::vector<int>() lambda"},
    {"chat::session::operator< <std::__cxx11::basic_string<char> "
     ">(std::vector<std::__cxx11::basic_string<char> >)::<lambda()>",
     "chat::session::operator<() lambda"},
    {"chat::session::local()::Done", "chat::session::local()::Done"},
    {"chat::session::local()::Done::f()::<lambda()>", "chat::session::local()::Done::f() lambda"},
    {"chat::session::local()::<lambda()>::Deep", "chat::session::local() lambda::Deep"},
    {"chat::session::qualified() const volatile::<lambda()>", "chat::session::qualified() lambda"},
    {"chat::session::~session()::<lambda()>", "chat::session::~session() lambda"},
    {"chat::session::takes(void (*)(int), int chat::session::*, void (chat::session::*)(int), "
     "const char*)::<lambda()>",
     "chat::session::takes() lambda"},
    {"chat::session::v<'('>", "chat::session::v<'('>"},
    {"chat::session::v<&chat::session::nested>", "chat::session::v<&chat::session::nested>"},
    {"chat::session::<unnamed struct>", "chat::session::unnamed"},
    {"chat::holder<main()::<lambda()> >", "chat::holder<main() lambda>"},
    {"chat::holder<std::function<void()> >", "chat::holder<std::function<void()>>"},
    {"chat::many<std::map<std::__cxx11::basic_string<char, std::char_traits<char>, "
     "std::allocator<char> >, int, std::less<std::__cxx11::basic_string<char, "
     "std::char_traits<char>, std::allocator<char> > >, std::allocator<std::pair<const "
     "std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >, int> > >, "
     "std::vector<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >, "
     "std::allocator<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> "
     "> > >, const char*, long unsigned int, int&&, main()::<lambda(int)>, int [3], void() const, "
     "std::basic_string_view<char, std::char_traits<char> > >",
     "chat::many<...>"},
    {"chat::many<long long int, const chat::session* const*, short int>",
     "chat::many<long long, const chat::session* const*, short>"},
    {"{anonymous}::anon<{anonymous}::anon<int> >::f()::<lambda()>", "anon::f() lambda"},
    {"héllo", "héllo"},
    {"chat::of_templates<std::vector>", "chat::of_templates<std::vector>"},
};

// As clang 19 writes them.
const Row of_clang[]{
    {"(lambda at app.cpp:49:59)", "lambda, app.cpp:49"},
    {"chat::room<int>", "chat::room<int>"},
    {"chat::room<std::basic_string<char>>", "chat::room<std::string>"},
    {"chat::room<std::basic_string<char>>::visitor", "chat::room<std::string>::visitor"},
    {"chat::member_init::(lambda at app.cpp:74:123)", "chat::member_init lambda, app.cpp:74"},
    {"chat::versioned", "chat::versioned"},
    {"(anonymous namespace)::hidden", "hidden"},
    {"app::asio::detail::handler", "app::asio::detail::handler"},
    {"app::asio::detail::binder0<int>", "app::asio::detail::binder0<int>"},
    {"unnamed_t", "unnamed_t"},
    {"valued<colour::green, -3, true>", "valued<colour::green, -3, true>"},
    {"valued<7, 3, false, '>'>", "valued<7, 3, false, '>'>"},
    {"valued<colour::red, 1, false, '\"'>", "valued<colour::red, 1, false, '\"'>"},
    {"void (*)()", "function()"},
    {"Done", "Done"},
    {"L", "L"},
    {"chat::session::v<&chat::session::nested>", "chat::session::v<&chat::session::nested>"},
    {"chat::session::v<'('>", "chat::session::v<'('>"},
    {"chat::session::v<unnamed_value>", "chat::session::v<unnamed_value>"},
    {"chat::holder<(lambda at app.cpp:44:53)>", "chat::holder<lambda>"},
    {"chat::holder<std::function<void ()>>", "chat::holder<std::function<void ()>>"},
    {"chat::holder<void (*)()>", "chat::holder<void (*)()>"},
    {"chat::many<std::map<std::basic_string<char>, int>, std::vector<std::basic_string<char>>, "
     "const char *, unsigned long, int &&, (lambda at app.cpp:44:12), int[3], void () const, "
     "std::basic_string_view<char>>",
     "chat::many<...>"},
    {"chat::many<long long, const chat::session *const *, short>",
     "chat::many<long long, const chat::session *const*, short>"},
    {"(anonymous namespace)::anon<int>", "anon<int>"},
    {"héllo", "héllo"},
    {"chat::of_templates<std::vector>", "chat::of_templates<std::vector>"},
    {"Deep", "Deep"},
};

BOOST_AUTO_TEST_SUITE(handler_name)

BOOST_AUTO_TEST_CASE(gcc_names_a_lambda_by_its_function_and_other_callbacks_by_their_class) {
  for (const auto& [type, name] : of_gcc) {
    BOOST_TEST_CONTEXT(type) {
      const std::string handler = test::gcc_argument(type);
      BOOST_TEST(test::handler_of(test::gcc(std::string(type) + '*')) == name);
      BOOST_TEST(test::handler_of(test::gcc(
                     "boost::asio::detail::executor_op<boost::asio::detail::binder0<" + handler +
                     ">, std::allocator<void>, boost::asio::detail::scheduler_operation>")) ==
                 name);
      BOOST_TEST(test::handler_of(test::gcc(
                     "boost::asio::detail::read_op<boost::asio::basic_stream_socket<"
                     "boost::asio::ip::tcp>, boost::asio::mutable_buffers_1, const "
                     "boost::asio::mutable_buffer*, boost::asio::detail::transfer_all_t, " +
                     handler + ">*")) == name);
    }
  }
}

BOOST_AUTO_TEST_CASE(clang_names_a_lambda_by_file_and_line_and_other_callbacks_by_their_class) {
  for (const auto& [type, name] : of_clang) {
    BOOST_TEST_CONTEXT(type) {
      const std::string handler = type;
      BOOST_TEST(test::handler_of(test::clang(handler + " *")) == name);
      BOOST_TEST(test::handler_of(
                     test::clang("boost::asio::detail::executor_op<boost::asio::detail::binder0<" +
                                 handler + ">, std::allocator<void>>")) == name);
      BOOST_TEST(test::handler_of(test::clang(
                     "boost::asio::detail::read_op<boost::asio::basic_stream_socket<"
                     "boost::asio::ip::tcp>, boost::asio::mutable_buffers_1, const "
                     "boost::asio::mutable_buffer *, boost::asio::detail::transfer_all_t, " +
                     handler + "> *")) == name);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_file_of_any_name_is_found) {
  BOOST_TEST(test::handler_of(test::clang("(lambda at /a (1)/b>, <c/[d].cpp:41:7) *")) ==
             "lambda, /a (1)/b>, <c/[d].cpp:41");
  BOOST_TEST(test::handler_of(test::clang("boost::asio::detail::binder0<(lambda at "
                                          "/a (1)/b>, <c/[d].cpp:41:7)>")) ==
             "lambda, /a (1)/b>, <c/[d].cpp:41");
}

// g++ tells after the type what the names of types in it mean.
BOOST_AUTO_TEST_CASE(what_names_of_types_mean_is_no_part_of_the_type) {
  BOOST_TEST(test::handler_of(test::gcc("main()::<lambda(std::size_t)>*; std::size_t = long "
                                        "unsigned int")) == "main() lambda");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
