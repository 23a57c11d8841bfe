//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/test/unit_test.hpp>

#include "signatures.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace {

// What Asio puts around callbacks.
struct Row {
  const char* type;
  const char* name;
};

const Row of_asio[]{
    {"boost::asio::executor_binder<session::run()::<lambda(boost::system::error_code)>, "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> > "
     ">*",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder2<boost::asio::executor_binder<"
     "std::_Bind<void (chat::session::*(std::shared_ptr<chat::session>, std::_Placeholder<1>, "
     "std::_Placeholder<2>))(boost::system::error_code, long unsigned int)>, "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> > "
     ">, boost::system::error_code, long unsigned int>, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "chat::session member"},
    {"boost::asio::detail::wrapped_handler<boost::asio::io_context::strand, "
     "session::run()::<lambda(boost::system::error_code)>, "
     "boost::asio::detail::is_continuation_if_running>*",
     "session::run() lambda"},
    {"boost::asio::detail::rewrapped_handler<boost::asio::detail::binder1<boost::asio::detail::"
     "wrapped_handler<boost::asio::io_context::strand, "
     "session::run()::<lambda(boost::system::error_code)>, "
     "boost::asio::detail::is_continuation_if_running>, boost::system::error_code>, "
     "session::run()::<lambda(boost::system::error_code)> >*",
     "session::run() lambda"},
    {"boost::asio::detail::read_until_delim_op_v1<boost::asio::basic_stream_socket<boost::asio::ip:"
     ":tcp>, boost::asio::basic_streambuf_ref<std::allocator<char> >, "
     "session::run()::<lambda(boost::system::error_code, std::size_t)> >*",
     "session::run() lambda"},
    {"boost::asio::detail::read_until_delim_string_op_v2<boost::asio::basic_stream_socket<boost::"
     "asio::ip::tcp>, boost::asio::dynamic_string_buffer<char, std::char_traits<char>, "
     "std::allocator<char> >, session::run()::<lambda(boost::system::error_code, std::size_t)> >*",
     "session::run() lambda"},
    {"boost::asio::detail::write_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>, "
     "std::vector<boost::asio::const_buffer>, __gnu_cxx::__normal_iterator<const "
     "boost::asio::const_buffer*, std::vector<boost::asio::const_buffer> >, "
     "boost::asio::detail::transfer_all_t, session::run()::<lambda(boost::system::error_code, "
     "std::size_t)> >*",
     "session::run() lambda"},
    {"boost::asio::detail::read_dynbuf_v2_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>"
     ", boost::asio::dynamic_string_buffer<char, std::char_traits<char>, std::allocator<char> >, "
     "boost::asio::detail::transfer_exactly_t, chat::on_done>*",
     "chat::on_done"},
    {"boost::asio::detail::write_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>, "
     "boost::asio::const_buffers_1, const boost::asio::const_buffer*, "
     "boost::asio::detail::transfer_all_t, "
     "boost::asio::detail::write_dynbuf_v1_op<boost::asio::basic_stream_socket<boost::asio::ip::"
     "tcp>, boost::asio::basic_streambuf_ref<std::allocator<char> >, "
     "boost::asio::detail::transfer_all_t, chat::on_done> >*",
     "chat::on_done"},
    {"boost::asio::detail::write_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>, "
     "boost::asio::mutable_buffers_1, const boost::asio::mutable_buffer*, "
     "boost::asio::detail::transfer_all_t, "
     "boost::asio::detail::write_dynbuf_v2_op<boost::asio::basic_stream_socket<boost::asio::ip::"
     "tcp>, boost::asio::dynamic_string_buffer<char, std::char_traits<char>, std::allocator<char> "
     ">, boost::asio::detail::transfer_all_t, std::_Bind<void (*(std::_Placeholder<1>, "
     "std::_Placeholder<2>))(boost::system::error_code, long unsigned int)> > >*",
     "function(boost::system::error_code, unsigned long)"},
    {"boost::asio::detail::range_connect_op<boost::asio::ip::tcp, boost::asio::any_io_executor, "
     "std::vector<boost::asio::ip::basic_endpoint<boost::asio::ip::tcp> >, "
     "boost::asio::detail::default_connect_condition, "
     "session::run()::<lambda(boost::system::error_code, const boost::asio::ip::tcp::endpoint&)> "
     ">*",
     "session::run() lambda"},
    {"boost::asio::detail::composed_op<async_mine<session::run()::<lambda(boost::system::error_"
     "code, int)> >(boost::asio::steady_timer&, session::run()::<lambda(boost::system::error_code, "
     "int)>&&)::<lambda(auto:53&, boost::system::error_code)>, "
     "boost::asio::detail::composed_work<void(boost::asio::any_io_executor)>, "
     "session::run()::<lambda(boost::system::error_code, int)>, void(boost::system::error_code, "
     "int)>*",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::asio::detail::composed_"
     "op<async_mine<boost::asio::executor_binder<session::run()::<lambda(boost::system::error_code,"
     " int)>, "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> > "
     "> >(boost::asio::steady_timer&, "
     "boost::asio::executor_binder<session::run()::<lambda(boost::system::error_code, int)>, "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> > "
     ">&&)::<lambda(auto:53&, boost::system::error_code)>, "
     "boost::asio::detail::composed_work<void(boost::asio::any_io_executor)>, "
     "boost::asio::executor_binder<session::run()::<lambda(boost::system::error_code, int)>, "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> > "
     ">, void(boost::system::error_code, int)> >, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::asio::detail::append_handler<session::run()::<lambda(boost::system::error_code, "
     "int)>, int>*",
     "session::run() lambda"},
    {"boost::asio::detail::prepend_handler<session::run()::<lambda(int, "
     "boost::system::error_code)>, int>*",
     "session::run() lambda"},
    {"boost::asio::detail::consign_handler<session::run()::<lambda(boost::system::error_code)>, "
     "std::shared_ptr<int> >*",
     "session::run() lambda"},
    {"boost::asio::detail::as_tuple_handler<session::run()::<lambda(std::tuple<boost::system::"
     "error_code>)> >*",
     "session::run() lambda"},
    {"boost::asio::cancellation_slot_binder<session::run()::<lambda(boost::system::error_code)>, "
     "boost::asio::cancellation_slot>*",
     "session::run() lambda"},
    {"boost::asio::allocator_binder<session::run()::<lambda(boost::system::error_code)>, "
     "std::allocator<int> >*",
     "session::run() lambda"},
    {"boost::asio::detail::redirect_error_handler<session::run()::<lambda()> >*",
     "session::run() lambda"},
    {"boost::asio::detail::packaged_handler<session::run()::<lambda(boost::system::error_code)>, "
     "std::allocator<void>, int>*",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "packaged_handler<session::run()::<lambda()>, std::allocator<void>, int>, "
     "boost::asio::detail::promise_executor<int, "
     "boost::asio::execution::detail::blocking::possibly_t<0> >, void>, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::asio::detail::deferred_sequence_handler<session::run()::<lambda(int)>, "
     "session::run()::<lambda(boost::system::error_code)> >*",
     "session::run() lambda"},
    {"boost::asio::experimental::detail::parallel_group_op_handler<0, "
     "boost::asio::experimental::wait_for_all, session::run()::<lambda(std::array<long unsigned "
     "int, 2>, boost::system::error_code, boost::system::error_code)>, "
     "boost::asio::deferred_async_operation<void(boost::system::error_code), "
     "boost::asio::basic_waitable_timer<std::chrono::_V2::steady_clock>::initiate_async_wait>, "
     "boost::asio::deferred_async_operation<void(boost::system::error_code), "
     "boost::asio::basic_waitable_timer<std::chrono::_V2::steady_clock>::initiate_async_wait> >*",
     "session::run() lambda"},
};

// Asio 1.38 has other classes.
const Row of_newer_asio[]{
    {"boost::asio::detail::timed_cancel_op_handler<boost::asio::detail::timed_cancel_op<session::"
     "run()::<lambda(boost::system::error_code)>, "
     "boost::asio::basic_waitable_timer<std::chrono::_V2::steady_clock>, "
     "void(boost::system::error_code)>, void(boost::system::error_code)>*",
     "session::run() lambda"},
    {"boost::asio::detail::timed_cancel_timer_handler<boost::asio::detail::timed_cancel_op<session:"
     ":run()::<lambda(boost::system::error_code)>, "
     "boost::asio::basic_waitable_timer<std::chrono::_V2::steady_clock>, "
     "void(boost::system::error_code)> >*",
     "session::run() lambda"},
    {"boost::asio::immediate_executor_binder<session::run()::<lambda(boost::system::error_code)>, "
     "boost::asio::io_context::basic_executor_type<std::allocator<void>, 0> >*",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "empty_work_function, boost::asio::detail::packaged_handler<session::run()::<lambda()>, "
     "std::allocator<void>, int>, boost::asio::detail::promise_executor<int, "
     "boost::asio::execution::detail::blocking::possibly_t<0> >, void>, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     "session::run() lambda"},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "empty_work_function, boost::asio::detail::awaitable_handler<boost::asio::any_io_executor>, "
     "boost::asio::any_io_executor, void>, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::composed_op<async_mine<session::run()::<lambda(boost::system::error_"
     "code, int)> >(boost::asio::steady_timer&, session::run()::<lambda(boost::system::error_code, "
     "int)>&&)::<lambda(auto:53&, boost::system::error_code)>, "
     "boost::asio::detail::composed_work<void(boost::asio::any_io_executor)>, "
     "session::run()::<lambda(boost::system::error_code, int)>, void(boost::system::error_code, "
     "int)>*",
     "session::run() lambda"},
};

// As clang writes it.
const Row of_clang[]{
    {"boost::asio::executor_binder<(lambda at app.cpp:143:197), "
     "boost::asio::strand<boost::asio::io_context::basic_executor_type<std::allocator<void>, 0>>> "
     "*",
     "lambda, app.cpp:143"},
    {"boost::asio::detail::read_until_delim_op_v1<boost::asio::basic_stream_socket<boost::asio::ip:"
     ":tcp>, boost::asio::basic_streambuf_ref<>, (lambda at app.cpp:148:259)> *",
     "lambda, app.cpp:148"},
    {"boost::asio::detail::composed_op<(lambda at app.cpp:100:59), "
     "boost::asio::detail::composed_work<void (boost::asio::any_io_executor)>, (lambda at "
     "app.cpp:154:69), void (boost::system::error_code, int)> *",
     "lambda, app.cpp:154"},
    {"boost::asio::detail::deferred_sequence_handler<(lambda at app.cpp:157:278), (lambda at "
     "app.cpp:157:224)> *",
     "lambda, app.cpp:157"},
    {"boost::asio::experimental::detail::parallel_group_op_handler<0, "
     "boost::asio::experimental::wait_for_all, (lambda at app.cpp:159:211), "
     "boost::asio::deferred_async_operation<void (boost::system::error_code), "
     "boost::asio::basic_waitable_timer<std::chrono::steady_clock>::initiate_async_wait>, "
     "boost::asio::deferred_async_operation<void (boost::system::error_code), "
     "boost::asio::basic_waitable_timer<std::chrono::steady_clock>::initiate_async_wait>> *",
     "lambda, app.cpp:159"},
};

/// The same as standalone Asio calls it.
std::string standalone(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {{"boost::asio::", "asio::"},
                                                                     {"boost::system::", "std::"}};
  for (const auto& [boosts, its] : names)
    for (std::size_t at; (at = text.find(boosts)) != std::string::npos;)
      text.replace(at, boosts.size(), its);
  return text;
}

BOOST_AUTO_TEST_SUITE(handler_name)

BOOST_AUTO_TEST_CASE(the_callback_in_it_names_the_handler) {
  for (const auto& [type, name] : of_asio) BOOST_TEST(test::handler_of(test::gcc(type)) == name);
}

BOOST_AUTO_TEST_CASE(the_callback_in_newer_classes_names_the_handler) {
  for (const auto& [type, name] : of_newer_asio)
    BOOST_TEST(test::handler_of(test::gcc(type)) == name);
}

BOOST_AUTO_TEST_CASE(standalone_asio_has_the_same_classes) {
  for (const auto& [type, name] : of_asio)
    BOOST_TEST(test::handler_of(test::gcc(standalone(type))) == standalone(name));
  for (const auto& [type, name] : of_newer_asio)
    BOOST_TEST(test::handler_of(test::gcc(standalone(type))) == standalone(name));
}

BOOST_AUTO_TEST_CASE(clang_writes_wrappers_another_way) {
  for (const auto& [type, name] : of_clang) BOOST_TEST(test::handler_of(test::clang(type)) == name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
