//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/test/unit_test.hpp>

#include "signatures.hpp"

namespace {

// Callbacks with bound arguments. Of a pointer, the type tells its class or its parameters, and no
// name.
struct Row {
  const char* type;
  const char* name;
};

const Row of_gcc[]{
    {"std::_Bind<void (chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>, "
     "std::_Placeholder<2>))(boost::system::error_code, long unsigned int)>*",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<void "
     "(chat::session::*(chat::session*))() const noexcept> >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<void "
     "(*(boost::system::error_code, int))(boost::system::error_code, long unsigned int)> >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "function(boost::system::error_code, unsigned long)"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<session::run()::<"
     "lambda(int)>(int)> >, std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<int (*(int, const "
     "char*, std::vector<std::__cxx11::basic_string<char> >))(int, "
     "std::__cxx11::basic_string<char>, std::vector<std::__cxx11::basic_string<char> >)> >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "function(int, std::string, std::vector<std::string>)"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<chat::on_done(boost:"
     ":system::error_code, int)> >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "chat::on_done"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind_front<void "
     "(chat::session::*)(), std::shared_ptr<chat::session> > >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<std::_Bind<void "
     "(chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>, "
     "int))(boost::system::error_code, long unsigned int)>(boost::system::error_code)> >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind_result<void, "
     "session::run()::<lambda()>()> >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::_bi::bind_t<void, boost::_mfi::mf2<void, chat::session, boost::system::error_code, "
     "long unsigned int>, boost::_bi::list3<boost::_bi::value<std::shared_ptr<chat::session> >, "
     "boost::arg<1> (*)(), boost::arg<2> (*)()> >*",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::_bi::bind_t<void, "
     "boost::_mfi::cmf0<void, chat::session>, boost::_bi::list1<boost::_bi::value<chat::session*> "
     "> > >, std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::_bi::bind_t<void, void "
     "(*)(), boost::_bi::list0> >, std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "function()"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::_bi::bind_t<void, "
     "session::run()::<lambda(int)>, boost::_bi::list1<boost::_bi::value<int> > > >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::_bi::bind_t<void, "
     "chat::on_done, boost::_bi::list2<boost::_bi::value<boost::system::error_code>, "
     "boost::_bi::value<int> > > >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "chat::on_done"},
};

const Row of_clang[]{
    {"std::_Bind<void (chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>, "
     "std::_Placeholder<2>))(boost::system::error_code, unsigned long)> *",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<void "
     "(*(boost::system::error_code, int))(boost::system::error_code, unsigned long)>>, "
     "std::allocator<void>>",
     "function(boost::system::error_code, unsigned long)"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<(lambda at "
     "app.cpp:139:157) (int)>>, std::allocator<void>>",
     "lambda, app.cpp:139"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<chat::on_done "
     "(boost::system::error_code, int)>>, std::allocator<void>>",
     "chat::on_done"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind_front<void "
     "(chat::session::*)(), std::shared_ptr<chat::session>>>, std::allocator<void>>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind<std::_Bind<void "
     "(chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>, "
     "int))(boost::system::error_code, unsigned long)> (boost::system::error_code)>>, "
     "std::allocator<void>>",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::_Bind_result<void, "
     "(lambda at app.cpp:139:465) ()>>, std::allocator<void>>",
     "lambda, app.cpp:139"},
    {"boost::_bi::bind_t<void, boost::_mfi::mf2<void, chat::session, boost::system::error_code, "
     "unsigned long>, boost::_bi::list3<boost::_bi::value<std::shared_ptr<chat::session>>, "
     "boost::arg<1> (*)(), boost::arg<2> (*)()>> *",
     "chat::session member"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::_bi::bind_t<void, "
     "(lambda at app.cpp:140:395), boost::_bi::list1<boost::_bi::value<int>>>>, "
     "std::allocator<void>>",
     "lambda, app.cpp:140"},
};

// clang with libc++ instead of libstdc++.
const Row of_libcxx[]{
    {"std::__bind<void (chat::session::*)(boost::system::error_code), "
     "std::shared_ptr<chat::session>, const std::placeholders::__ph<1> &> *",
     "chat::session member"},
    {"std::__bind<void (chat::session::*)(), chat::session *> *", "chat::session member"},
    {"std::__bind<chat::on_done, int> *", "chat::on_done"},
    {"std::__perfect_forward<std::__bind_front_op<1>, void (chat::session::*)(), "
     "std::shared_ptr<chat::session>> *",
     "chat::session member"},
};

BOOST_AUTO_TEST_SUITE(handler_name)

BOOST_AUTO_TEST_CASE(what_is_called_with_bound_arguments_names_the_handler) {
  for (const auto& [type, name] : of_gcc) BOOST_TEST(test::handler_of(test::gcc(type)) == name);
}

BOOST_AUTO_TEST_CASE(clang_writes_it_another_way) {
  for (const auto& [type, name] : of_clang) BOOST_TEST(test::handler_of(test::clang(type)) == name);
}

BOOST_AUTO_TEST_CASE(libcxx_has_other_classes) {
  for (const auto& [type, name] : of_libcxx)
    BOOST_TEST(test::handler_of(test::clang(type)) == name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
