//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/test/unit_test.hpp>

#include "common/long_mode.hpp"
#include "signatures.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace {

using perf_timer::detail::function_name;
using perf_timer::detail::handler_name;

const char* const signatures[]{
    "constexpr const char* perf_timer::v0_1::detail::signature_with() [with T = "
    "boost::asio::detail::executor_op<boost::asio::detail::binder2<boost::asio::executor_binder<"
    "std::_Bind<void (chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>))("
    "boost::system::error_code, long unsigned int)>, boost::asio::strand<boost::asio::io_context::"
    "basic_executor_type<std::allocator<void>, 0> > >, boost::system::error_code, long unsigned "
    "int>, std::allocator<void>, boost::asio::detail::scheduler_operation>]",
    "constexpr const char* perf_timer::v0_1::detail::signature_with() [with T = "
    "boost::asio::detail::composed_op<async_mine<main()::<lambda(auto:86&)>::<lambda(int)> "
    ">(main()::<lambda(auto:86&)>::<lambda(int)>&&)::<lambda(auto:53&)>, boost::asio::detail::"
    "composed_work<void(boost::asio::any_io_executor)>, main()::<lambda(auto:86&)>::<lambda(int)>, "
    "void(int)>*; std::size_t = long unsigned int]",
    "constexpr const char* perf_timer::v0_1::detail::signature_with() [with T = "
    "valued<colour::red, '\\\"', '>', \"]\", &chat::session::operator<< <int>, (3 > 2)>*]",
    "const char *perf_timer::detail::signature_with() [T = boost::asio::detail::executor_op<"
    "boost::asio::detail::binder0<(lambda at /a (1)/app.cpp:41:7)>, std::allocator<void>>]",
    "const char *perf_timer::detail::signature_with() [T = std::_Bind<(lambda at app.cpp:1:2) "
    "(int)> *]",
    "void (chat::session<T>::* chat::session<T>::pmf(int))(char) const [with T = int]",
    "chat::session<T>::operator std::map<U, T>() const & [with U = char; T = int]",
    "void main()::<lambda(auto:22 ...)>::operator()(main()::<lambda(auto:22 "
    "...)>::_ZZ4main.Frame*)",
    "decltype ((T() + 1)) chat::constrained(T) [with T = int; decltype ((T() + 1)) = int]",
};

/// Reads it both ways. What comes out is text of the same kind, and not much more of it.
void read(const std::string& text) {
  const auto handler = handler_name(text);
  BOOST_TEST(handler.function.size() <= 2 * text.size() + 32);
  BOOST_TEST(text.find(handler.file) != std::string::npos);
  BOOST_TEST(function_name(text).size() <= 2 * text.size() + 32);
}

BOOST_AUTO_TEST_SUITE(odd_names)

BOOST_AUTO_TEST_CASE(a_text_that_ends_anywhere_is_read) {
  for (const std::string signature : signatures) {
    for (std::size_t size = 0; size <= signature.size(); ++size) {
      read(signature.substr(0, size));
      read(signature.substr(0, size) + ']');
      read(signature.substr(size));
      read(test::gcc(signature.substr(size)));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_text_with_random_changes_is_read) {
  constexpr std::string_view likely = "<>()[]{}:*&,;'\"\\ =-~aT0\x80";
  std::mt19937 random(14);
  const auto below = [&random](std::size_t size) { return random() % size; };
  for (std::uint64_t left = perf_timer::test::scaled(20'000); left != 0; --left) {
    std::string text = signatures[below(std::size(signatures))];
    for (std::size_t changes = 1 + below(6); changes != 0; --changes) {
      const std::size_t at = below(text.size());
      const std::string other = signatures[below(std::size(signatures))];
      switch (below(4)) {
        case 0:
          text[at] = likely[below(likely.size())];
          break;
        case 1:
          text.insert(at, 1, likely[below(likely.size())]);
          break;
        case 2:
          text.erase(at, 1 + below(8));
          if (text.empty()) text = "x";
          break;
        default:
          text.insert(at, other.substr(below(other.size()), below(40)));
      }
    }
    read(text);
  }
}

BOOST_AUTO_TEST_CASE(brackets_in_brackets_of_any_depth_are_read) {
  for (const std::string bracket : {"<", "(", "[", "{", "a<", "a::", "f(", "(*", "'", "\"",
                                    "operator", "operator<", "(lambda at ", "<lambda(", "const ",
                                    "boost::asio::detail::binder0<", "std::_Bind<", " [with "}) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += bracket;
    read(text);
    read(test::gcc(text));
    read("void " + text + "f()");
  }
  std::string type = "chat::on_done";
  for (int i = 0; i < 1000; ++i) type = "boost::asio::detail::binder0<" + type + ">";
  BOOST_TEST(handler_name(test::clang(type)).function == "");
}

BOOST_AUTO_TEST_CASE(wrappers_in_wrappers_are_read) {
  std::string type = "chat::on_done";
  for (int i = 0; i < 50; ++i) type = "boost::asio::detail::binder0<" + type + ">";
  BOOST_TEST(handler_name(test::clang(type)).function == "chat::on_done");
}

BOOST_AUTO_TEST_CASE(what_is_no_signature_has_no_handler) {
  for (const char* const text : {"", " ", "int main()", "T = int", "[with T = ", "[with T = ]"})
    BOOST_TEST(test::handler_of(text) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
