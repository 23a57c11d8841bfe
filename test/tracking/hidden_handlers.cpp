//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/test/unit_test.hpp>

#include "signatures.hpp"

namespace {

// Where no callback is known, none is invented.
struct Row {
  const char* type;
  const char* name;
};

const Row hidden[]{
    {"boost::asio::detail::executor_op<boost::asio::detail::executor_function, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<std::function<void()> >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::function<void()> >, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::detached_handler*", ""},
    {"boost::asio::detail::promise_handler<void(boost::system::error_code), std::allocator<void> "
     ">*",
     ""},
    {"boost::asio::any_completion_handler<void(boost::system::error_code)>*", ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "promise_handler<void(), std::allocator<void> >, boost::asio::detail::promise_executor<void, "
     "boost::asio::execution::detail::blocking::possibly_t<0> >, void>, std::allocator<void>, "
     "boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::awaitable_handler<boost::asio::any_io_executor, "
     "boost::system::error_code>*",
     ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "awaitable_handler<boost::asio::any_io_executor>, boost::asio::any_io_executor, void>, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::as_tuple_handler<boost::asio::detail::awaitable_handler<boost::asio::"
     "any_io_executor, std::tuple<boost::system::error_code> > >*",
     ""},
    {"boost::asio::detail::redirect_error_handler<boost::asio::detail::awaitable_handler<boost::"
     "asio::any_io_executor> >*",
     ""},
    {"boost::asio::detail::read_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>, "
     "boost::asio::mutable_buffers_1, const boost::asio::mutable_buffer*, "
     "boost::asio::detail::transfer_all_t, "
     "boost::asio::detail::awaitable_handler<boost::asio::any_io_executor, "
     "boost::system::error_code, long unsigned int> >*",
     ""},
    {"boost::asio::experimental::detail::promise_handler<void(boost::system::error_code), "
     "boost::asio::any_io_executor, std::allocator<void> >*",
     ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::binder0<boost::asio::detail::spawned_"
     "thread_resumer>, std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::spawn_handler<boost::asio::any_io_executor, "
     "void(boost::system::error_code)>*",
     ""},
    {"boost::asio::detail::executor_op<boost::asio::detail::work_dispatcher<boost::asio::detail::"
     "spawn_handler<boost::asio::any_io_executor, void()>, boost::asio::any_io_executor, void>, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     ""},
    {"boost::asio::detail::read_op<boost::asio::basic_stream_socket<boost::asio::ip::tcp>, "
     "boost::asio::mutable_buffers_1, const boost::asio::mutable_buffer*, "
     "boost::asio::detail::transfer_all_t, "
     "boost::asio::detail::spawn_handler<boost::asio::any_io_executor, "
     "void(boost::system::error_code, long unsigned int)> >*",
     ""},
};

const Row queues[]{
    {"boost::asio::detail::executor_op<boost::asio::detail::strand_executor_service::invoker<const "
     "boost::asio::io_context::basic_executor_type<std::allocator<void>, 0>, void>, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "the strand's queue"},
    {"boost::asio::detail::executor_op<boost::asio::detail::strand_executor_service::invoker<const "
     "boost::asio::thread_pool::basic_executor_type<std::allocator<void>, 0>, void>, "
     "std::allocator<void>, boost::asio::detail::scheduler_operation>",
     "the strand's queue"},
};

const Row queues_of_clang[]{
    {"boost::asio::detail::executor_op<boost::asio::detail::strand_executor_service::invoker<const "
     "boost::asio::io_context::basic_executor_type<std::allocator<void>, 0>>, "
     "std::allocator<void>>",
     "the strand's queue"},
};

BOOST_AUTO_TEST_SUITE(handler_name)

BOOST_AUTO_TEST_CASE(erased_functions_and_coroutines_have_no_name) {
  for (const auto& [type, name] : hidden) BOOST_TEST(test::handler_of(test::gcc(type)) == name);
}

BOOST_AUTO_TEST_CASE(what_executes_what_a_strand_has_queued_is_called_so) {
  for (const auto& [type, name] : queues) BOOST_TEST(test::handler_of(test::gcc(type)) == name);
}

BOOST_AUTO_TEST_CASE(clang_writes_that_another_way) {
  for (const auto& [type, name] : queues_of_clang)
    BOOST_TEST(test::handler_of(test::clang(type)) == name);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
