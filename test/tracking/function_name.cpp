//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/handler_name.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using perf_timer::detail::function_name;

struct Row {
  const char* function;
  const char* name;
};

// `std::source_location` and `__PRETTY_FUNCTION__` of g++ 12. A coroutine has two names there.
const Row of_gcc[]{
    {"<lambda()>", "lambda"},
    {"int main()", "main"},
    {"chat::session<T>::session() [with T = int]", "chat::session::session"},
    {"chat::session<T>::operator bool() [with T = int]", "chat::session::operator bool"},
    {"chat::session<T>::operator std::vector<std::__cxx11::basic_string<char> >() const [with T = "
     "int]",
     "chat::session::operator std::vector<std::string>"},
    {"chat::session<T>::operator std::map<U, T>() [with U = char; T = int]",
     "chat::session::operator std::map<U, T>"},
    {"chat::session<T>::operator const char*() [with T = int]",
     "chat::session::operator const char*"},
    {"bool chat::session<T>::operator<(const chat::session<T>&) const & [with T = int]",
     "chat::session::operator<"},
    {"chat::session<T>& chat::session<T>::operator<<(int) [with T = int]",
     "chat::session::operator<<"},
    {"chat::session<T>& chat::session<T>::operator>>(int) [with T = int]",
     "chat::session::operator>>"},
    {"bool chat::session<T>::operator==(int) [with T = int]", "chat::session::operator=="},
    {"int chat::session<T>::operator()(int) const [with T = int]", "chat::session::operator()"},
    {"int chat::session<T>::operator[](int) [with T = int]", "chat::session::operator[]"},
    {"chat::session<T>* chat::session<T>::operator->() [with T = int]",
     "chat::session::operator->"},
    {"void chat::session<T>::operator,(int) [with T = int]", "chat::session::operator,"},
    {"int chat::session<T>::operator<=>(int) [with T = int]", "chat::session::operator<=>"},
    {"chat::session<T>& chat::session<T>::operator<<(int) [with T = std::vector<int>]",
     "chat::session::operator<<"},
    {"std::map<U, T> chat::session<T>::method(U) [with U = char; T = std::vector<int>]",
     "chat::session::method"},
    {"int (& chat::session<T>::arr(int))[3] [with T = std::vector<int>]", "chat::session::arr"},
    {"void (* chat::session<T>::fp(int))(char) [with T = std::vector<int>]", "chat::session::fp"},
    {"void (chat::session<T>::* chat::session<T>::pmf(int))(char) const [with T = "
     "std::vector<int>; chat::session<T> = chat::session<std::vector<int> >]",
     "chat::session::pmf"},
    {"static void* chat::session<T>::operator new(std::size_t) [with T = int; std::size_t = long "
     "unsigned int]",
     "chat::session::operator new"},
    {"std::map<U, T> chat::session<T>::method(U) [with U = char; T = int]",
     "chat::session::method"},
    {"chat::session<int>::method<char>(char)::<lambda(auto:21)> [with auto:21 = int]",
     "chat::session::method() lambda"},
    {"chat::session<int>::method<char>(char)::<lambda(auto:21)>::<lambda()>",
     "chat::session::method() lambda in lambda"},
    {"static void chat::session<T>::stat() [with T = int]", "chat::session::stat"},
    {"void (* chat::session<T>::fp(int))(char) [with T = int]", "chat::session::fp"},
    {"void (chat::session<T>::* chat::session<T>::pmf(int))(char) const [with T = int; "
     "chat::session<T> = chat::session<int>]",
     "chat::session::pmf"},
    {"int (& chat::session<T>::arr(int))[3] [with T = int]", "chat::session::arr"},
    {"void chat::session<T>::inner::f(void (*)(int), int (&)[4]) volatile [with T = int]",
     "chat::session::inner::f"},
    {"void chat::session<T>::inner::f(void (*)(int), int (&)[4]) volatile [with T = "
     "std::__cxx11::basic_string<char>]",
     "chat::session::inner::f"},
    {"void chat::free_template(T) [with T = std::__cxx11::basic_string<char>; int N = 3]",
     "chat::free_template"},
    {"void chat::operator|(session<T>&, int) [with T = int]", "chat::operator|"},
    {"decltype(auto) chat::pack(T&& ...) [with T = {int, const char (&)[2]}]", "chat::pack"},
    {"decltype ((T() + 1)) chat::constrained(T) [with T = int; decltype ((T() + 1)) = int]",
     "chat::constrained"},
    {"long long int chat::operator\"\"_kb(long long unsigned int)", "chat::operator\"\"_kb"},
    {"void chat::v1::versioned(std::string, std::string_view)", "chat::v1::versioned"},
    {"static void {anonymous}::hidden::f()", "hidden::f"},
    {"long unsigned int {anonymous}::g()", "g"},
    {"void c_name(int)", "c_name"},
    {"constexpr with_member::with_member()", "with_member::with_member"},
    {"with_member::<lambda()>", "with_member lambda"},
    {"void main()::local::f()", "main()::local::f"},
    {"main()::local::operator int()", "main()::local::operator int"},
    {"main()::<lambda(int, std::string)> mutable", "main() lambda"},
    {"main()::<lambda(int, std::string)> mutable::<lambda(auto:23)> [with auto:23 = int]",
     "main() lambda in lambda"},
    {"void main()::<lambda(int, std::string)> mutable::<lambda(auto:23)>::deep::go() [with auto:23 "
     "= int]",
     "main() lambda in lambda::deep::go"},
    {"void "
     "chat::session<int>::run(chat::session<int>::run(boost::asio::ip::tcp::socket)::_"
     "ZN4chat7sessionIiE3runEN5boost4asio19basic_stream_socketINS3_2ip3tcpENS3_15any_io_"
     "executorEEE.Frame*)",
     "chat::session::run"},
    {"boost::asio::awaitable<void> chat::session<T>::run(boost::asio::ip::tcp::socket) [with T = "
     "int; boost::asio::ip::tcp::socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp>]",
     "chat::session::run"},
    {"boost::asio::awaitable<void> chat::session<T>::run(boost::asio::ip::tcp::socket) [with T = "
     "std::vector<int>; boost::asio::ip::tcp::socket = "
     "boost::asio::basic_stream_socket<boost::asio::ip::tcp>]",
     "chat::session::run"},
    {"void "
     "plain_co(plain_co(std::string)::_Z8plain_coNSt7__cxx1112basic_stringIcSt11char_"
     "traitsIcESaIcEEE.Frame*)",
     "plain_co"},
    {"boost::asio::awaitable<void> plain_co(std::string)", "plain_co"},
    {"void "
     "{anonymous}::hidden::co({anonymous}::hidden::co()::_ZN12_GLOBAL__N_16hidden2coEv.Frame*)",
     "hidden::co"},
    {"boost::asio::awaitable<int> {anonymous}::hidden::co()", "hidden::co"},
    {"void tco(tco<int>(int)::_Z3tcoIiEN5boost4asio9awaitableIvNS1_15any_io_executorEEET_.Frame*)",
     "tco"},
    {"boost::asio::awaitable<void> tco(F) [with F = int]", "tco"},
    {"void main()::<lambda()>::operator()(main()::<lambda()>::_ZZ4mainENKUlvE_clEv.Frame*)",
     "main() lambda"},
    {"main()::<lambda()>", "main() lambda"},
    {"void main()::<lambda(auto:22 ...)>::operator()(main()::<lambda(auto:22 "
     "...)>::_ZZ4mainENKUlDpT_E0_clIJEEEN5boost4asio9awaitableIvNS4_15any_io_executorEEES0_.Frame*"
     ")",
     "main() lambda"},
    {"main()::<lambda(auto:22 ...)> [with auto:22 = {}]", "main() lambda"},
    {"chat::session<T>::~session() [with T = std::vector<int>]", "chat::session::~session"},
    {"chat::session<T>::~session() [with T = int]", "chat::session::~session"},
};

// Of clang 19.
const Row of_clang[]{
    {"auto (anonymous class)::operator()() const", "lambda"},
    {"int main()", "main"},
    {"chat::session<int>::session() [T = int]", "chat::session::session"},
    {"bool chat::session<int>::operator bool() [T = int]", "chat::session::operator bool"},
    {"std::vector<std::string> chat::session<int>::operator vector() const [T = int]",
     "chat::session::operator vector"},
    {"operator vector", "operator vector"},
    {"std::map<U, T> chat::session<int>::operator map() [T = int, U = char]",
     "chat::session::operator map"},
    {"operator map", "operator map"},
    {"const char *chat::session<int>::operator const char *() [T = int]",
     "chat::session::operator const char*"},
    {"operator const char *", "operator const char*"},
    {"bool chat::session<int>::operator<(const session<T> &) const & [T = int]",
     "chat::session::operator<"},
    {"session<T> &chat::session<int>::operator<<(int) [T = int]", "chat::session::operator<<"},
    {"session<T> &chat::session<int>::operator>>(int) [T = int]", "chat::session::operator>>"},
    {"bool chat::session<int>::operator==(int) [T = int]", "chat::session::operator=="},
    {"int chat::session<int>::operator()(int) const [T = int]", "chat::session::operator()"},
    {"int chat::session<int>::operator[](int) [T = int]", "chat::session::operator[]"},
    {"session<T> *chat::session<int>::operator->() [T = int]", "chat::session::operator->"},
    {"void chat::session<int>::operator,(int) [T = int]", "chat::session::operator,"},
    {"int chat::session<int>::operator<=>(int) [T = int]", "chat::session::operator<=>"},
    {"static void *chat::session<int>::operator new(std::size_t) [T = int]",
     "chat::session::operator new"},
    {"std::map<U, T> chat::session<int>::method(U) [T = int, U = char]", "chat::session::method"},
    {"auto chat::session<int>::method(char)::(anonymous class)::operator()(auto) const [T = int, "
     "auto:1 = int]",
     "chat::session::method() lambda"},
    {"auto chat::session<int>::method(char)::(anonymous class)::operator()(int)::(anonymous "
     "class)::operator()() const [T = int]",
     "chat::session::method() lambda in lambda"},
    {"static void chat::session<int>::stat() [T = int]", "chat::session::stat"},
    {"void (*chat::session<int>::fp(int) [T = int])(char)", "chat::session::fp"},
    {"void (session<T>::*chat::session<int>::pmf(int) [T = int])(char) const",
     "chat::session::pmf"},
    {"int (&chat::session<int>::arr(int) [T = int])[3]", "chat::session::arr"},
    {"void chat::session<int>::inner::f(void (*)(int), int (&)[4]) volatile [T = int]",
     "chat::session::inner::f"},
    {"void chat::session<std::basic_string<char>>::inner::f(void (*)(int), int (&)[4]) volatile [T "
     "= std::basic_string<char>]",
     "chat::session::inner::f"},
    {"void chat::free_template(T) [T = std::basic_string<char>, N = 3]", "chat::free_template"},
    {"void chat::operator|(session<T> &, int) [T = int]", "chat::operator|"},
    {"decltype(auto) chat::pack(T &&...) [T = <int, const char (&)[2]>]", "chat::pack"},
    {"<dependent type> chat::constrained(T) [T = int]", "chat::constrained"},
    {"long long chat::operator\"\"_kb(unsigned long long)", "chat::operator\"\"_kb"},
    {"void chat::versioned(std::string, std::string_view)", "chat::versioned"},
    {"static void (anonymous namespace)::hidden::f()", "hidden::f"},
    {"unsigned long (anonymous namespace)::g()", "g"},
    {"void c_name(int)", "c_name"},
    {"with_member::with_member()", "with_member::with_member"},
    {"", ""},
    {"auto with_member::(anonymous class)::operator()() const", "with_member lambda"},
    {"void main()::local::f()", "main()::local::f"},
    {"int main()::local::operator int()", "main()::local::operator int"},
    {"auto main()::(anonymous class)::operator()(int, std::string)", "main() lambda"},
    {"auto main()::(anonymous class)::operator()(int, std::string)::(anonymous "
     "class)::operator()(auto) const [auto:1 = int]",
     "main() lambda in lambda"},
    {"void main()::(anonymous class)::operator()(int, std::string)::(anonymous "
     "class)::operator()(int)::deep::go()",
     "main() lambda in lambda::deep::go"},
    {"net::awaitable<void> chat::session<int>::run(net::ip::tcp::socket) [T = int]",
     "chat::session::run"},
    {"net::awaitable<void> plain_co(std::string)", "plain_co"},
    {"net::awaitable<int> (anonymous namespace)::hidden::co()", "hidden::co"},
    {"net::awaitable<void> tco(F) [F = int]", "tco"},
    {"auto main()::(anonymous class)::operator()() const", "main() lambda"},
    {"auto main()::(anonymous class)::operator()(auto...) const [auto:1 = <>]", "main() lambda"},
    {"chat::session<int>::~session() [T = int]", "chat::session::~session"},
};

// `__func__` of both.
const Row plain[]{
    {"operator()", "operator()"},
    {"main", "main"},
    {"session", "session"},
    {"operator bool", "operator bool"},
    {"operator std::vector<std::__cxx11::basic_string<char> >",
     "operator std::vector<std::string>"},
    {"operator std::map<U, T>", "operator std::map<U, T>"},
    {"operator const char*", "operator const char*"},
    {"operator<", "operator<"},
    {"operator<<", "operator<<"},
    {"operator>>", "operator>>"},
    {"operator==", "operator=="},
    {"operator[]", "operator[]"},
    {"operator->", "operator->"},
    {"operator,", "operator,"},
    {"operator<=>", "operator<=>"},
    {"method", "method"},
    {"arr", "arr"},
    {"fp", "fp"},
    {"pmf", "pmf"},
    {"operator new", "operator new"},
    {"stat", "stat"},
    {"f", "f"},
    {"free_template", "free_template"},
    {"operator|", "operator|"},
    {"pack", "pack"},
    {"constrained", "constrained"},
    {"operator\"\"_kb", "operator\"\"_kb"},
    {"versioned", "versioned"},
    {"g", "g"},
    {"c_name", "c_name"},
    {"top level", "top level"},
    {"operator int", "operator int"},
    {"go", "go"},
    {"run", "run"},
    {"plain_co", "plain_co"},
    {"co", "co"},
    {"tco", "tco"},
    {"~session", "~session"},
};

BOOST_AUTO_TEST_SUITE(function_names)

BOOST_AUTO_TEST_CASE(gcc_tells_result_parameters_and_arguments_of_templates) {
  for (const auto& [function, name] : of_gcc) BOOST_TEST(function_name(function) == name);
}

BOOST_AUTO_TEST_CASE(clang_tells_them_in_another_way) {
  for (const auto& [function, name] : of_clang) BOOST_TEST(function_name(function) == name);
}

BOOST_AUTO_TEST_CASE(a_plain_name_stays_as_it_is) {
  for (const auto& [function, name] : plain) BOOST_TEST(function_name(function) == name);
}

BOOST_AUTO_TEST_CASE(what_is_no_function_stays_as_it_is) {
  for (const char* const text : {"", "top level", "a b c", "(", "3"})
    BOOST_TEST(function_name(text) == text);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
