//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "handler_wrappers.hpp"

#include <algorithm>
#include <array>

namespace perf_timer::inline v0_1::detail {
namespace {

using Kind = HandlerWrapper::Kind;

struct Named {
  std::string_view name;
  HandlerWrapper wrapper{};
};

constexpr std::size_t last = HandlerWrapper::last;

constexpr Named holds(std::string_view name, std::size_t argument) noexcept {
  return {name, {Kind::holds, argument}};
}
constexpr Named first(std::string_view name) noexcept { return holds(name, 0); }
constexpr Named hides(std::string_view name) noexcept { return {name, {Kind::hides, 0}}; }

// A program may have handlers of both kinds of Asio.
constexpr std::string_view asio = "boost::asio::";
constexpr std::string_view standalone_asio = "asio::";
constexpr std::array in_asio{first("executor_binder"),
                             first("allocator_binder"),
                             first("cancellation_slot_binder"),
                             first("immediate_executor_binder"),
                             hides("any_completion_handler"),
                             hides("any_io_executor"),
                             holds("ssl::detail::io_op", last),
                             first("experimental::detail::as_single_handler"),
                             holds("experimental::detail::channel_handler", 1),
                             holds("experimental::detail::co_composed_handler", 1),
                             holds("experimental::detail::parallel_group_op_handler", 2),
                             holds("experimental::detail::ranged_parallel_group_op_handler", 1),
                             hides("experimental::detail::promise_handler"),
                             hides("experimental::detail::coro_handler"),
                             hides("experimental::detail::coro_completion_handler")};

constexpr std::string_view asio_detail = "boost::asio::detail::";
constexpr std::string_view standalone_asio_detail = "asio::detail::";
constexpr std::array in_asio_detail{first("executor_op"),
                                    first("bulk_executor_op"),
                                    first("blocking_executor_op"),
                                    first("completion_handler"),
                                    first("binder0"),
                                    first("binder1"),
                                    first("binder2"),
                                    first("binder3"),
                                    first("binder4"),
                                    first("binder5"),
                                    first("move_binder1"),
                                    first("move_binder2"),
                                    first("work_dispatcher"),
                                    Named{"empty_work_function", {Kind::is_absent, 0}},
                                    holds("wrapped_handler", 1),
                                    holds("rewrapped_handler", 1),
                                    holds("read_op", last),
                                    holds("read_at_op", last),
                                    holds("read_at_streambuf_op", last),
                                    holds("read_dynbuf_v1_op", last),
                                    holds("read_dynbuf_v2_op", last),
                                    holds("read_until_delim_op_v1", last),
                                    holds("read_until_delim_op_v2", last),
                                    holds("read_until_delim_string_op_v1", last),
                                    holds("read_until_delim_string_op_v2", last),
                                    holds("read_until_expr_op_v1", last),
                                    holds("read_until_expr_op_v2", last),
                                    holds("read_until_match_op_v1", last),
                                    holds("read_until_match_op_v2", last),
                                    holds("write_op", last),
                                    holds("write_at_op", last),
                                    holds("write_at_streambuf_op", last),
                                    holds("write_dynbuf_v1_op", last),
                                    holds("write_dynbuf_v2_op", last),
                                    holds("range_connect_op", last),
                                    holds("iterator_connect_op", last),
                                    holds("buffered_fill_handler", last),
                                    first("buffered_flush_handler"),
                                    holds("composed_op", 2),
                                    first("append_handler"),
                                    first("prepend_handler"),
                                    first("consign_handler"),
                                    first("as_tuple_handler"),
                                    first("redirect_error_handler"),
                                    holds("redirect_disposition_handler", 1),
                                    first("packaged_handler"),
                                    first("deferred_sequence_handler"),
                                    first("co_spawn_cancellation_handler"),
                                    first("spawn_cancellation_handler"),
                                    holds("co_composed_handler", 1),
                                    first("timed_cancel_op"),
                                    first("timed_cancel_op_handler"),
                                    first("timed_cancel_timer_handler"),
                                    holds("spawn_entry_point", 1),
                                    holds("old_spawn_entry_point", 1),
                                    hides("promise_handler"),
                                    hides("detached_handler"),
                                    hides("awaitable_handler"),
                                    hides("awaitable_async_op_handler"),
                                    hides("spawn_handler"),
                                    hides("spawned_thread_resumer"),
                                    hides("spawned_thread_destroyer"),
                                    hides("executor_function"),
                                    hides("executor_function_view"),
                                    Named{"strand_executor_service::invoker", {Kind::is_queue, 0}}};

constexpr std::string_view beast = "boost::beast::";
constexpr std::array in_beast{holds("basic_stream::ops::transfer_op", last),
                              first("basic_stream::ops::connect_op"),
                              holds("buffered_read_stream::ops::read_op", last),
                              first("flat_stream::ops::write_op"),
                              first("saved_handler::impl"),
                              first("detail::bind_wrapper"),
                              first("detail::bind_front_wrapper"),
                              first("detail::bind_back_wrapper"),
                              first("detail::bind_default_executor_wrapper"),
                              first("detail::detect_ssl_op"),
                              holds("detail::read_op", last),
                              first("test::basic_stream::read_op"),
                              holds("http::detail::read_msg_op", last),
                              first("http::detail::write_some_op"),
                              first("http::detail::write_op"),
                              first("http::detail::write_msg_op"),
                              holds("http::icy_stream::ops::read_op", last),
                              first("websocket::stream::read_some_op"),
                              first("websocket::stream::read_op"),
                              first("websocket::stream::write_some_op"),
                              first("websocket::stream::write_op"),
                              first("websocket::stream::accept_op"),
                              first("websocket::stream::response_op"),
                              first("websocket::stream::close_op"),
                              first("websocket::stream::handshake_op"),
                              first("websocket::stream::ping_op"),
                              holds("websocket::detail::teardown_tcp_op", last)};

// Of libstdc++ and libc++.
constexpr std::string_view standard = "std::";
constexpr std::array in_standard{Named{"_Bind", {Kind::binds, 0}},
                                 Named{"_Bind_result", {Kind::binds, 1}},
                                 first("_Bind_front"),
                                 first("_Mem_fn"),
                                 first("reference_wrapper"),
                                 first("__bind"),
                                 holds("__bind_r", 1),
                                 holds("__bind_front_t", 0),
                                 holds("__perfect_forward", 1),
                                 first("__mem_fn"),
                                 hides("function"),
                                 hides("move_only_function"),
                                 hides("packaged_task")};

constexpr std::string_view boost = "boost::";
constexpr std::array in_boost{holds("_bi::bind_t", 1), first("reference_wrapper"),
                              hides("function"), first("_mfi::mf"),
                              Named{"_mfi::dm", {Kind::member, 1}}};

constexpr std::string_view perf_timer = "perf_timer::detail::";
// g++ doesn't leave out an inline namespace.
constexpr std::string_view perf_timer_inline = "perf_timer::v0_1::detail::";
constexpr std::array in_perf_timer{holds("TimedHandler", 1), holds("StepFunction", 1)};

template <std::size_t size>
[[nodiscard]] HandlerWrapper found(std::string_view name, std::string_view prefix,
                                   const std::array<Named, size>& table) noexcept {
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  const auto entry = std::find_if(table.begin(), table.end(),
                                  [name](const Named& named) { return named.name == name; });
  return entry == table.end() ? HandlerWrapper() : entry->wrapper;
}

/// Before 1.84, Boost.Bind has a class for each number of arguments: `mf0`, `cmf0` to `cmf8`.
[[nodiscard]] bool is_numbered_member(std::string_view name) noexcept {
  constexpr std::string_view prefix = "boost::_mfi::";
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  if (name.starts_with('c')) name.remove_prefix(1);
  return name.size() == 3 && name.starts_with("mf") && name[2] >= '0' && name[2] <= '8';
}

}  // namespace

HandlerWrapper handler_wrapper(std::string_view name) noexcept {
  if (is_numbered_member(name)) return {Kind::member, 1};
  for (const HandlerWrapper wrapper :
       {found(name, asio_detail, in_asio_detail), found(name, asio, in_asio),
        found(name, standalone_asio_detail, in_asio_detail), found(name, standalone_asio, in_asio),
        found(name, beast, in_beast), found(name, standard, in_standard),
        found(name, boost, in_boost), found(name, perf_timer, in_perf_timer),
        found(name, perf_timer_inline, in_perf_timer)})
    if (wrapper.kind != Kind::unknown) return wrapper;
  return {};
}

bool is_of_wrapping_library(std::string_view name) noexcept {
  return name.starts_with(asio) || name.starts_with(standalone_asio) || name.starts_with(beast) ||
         name.starts_with(standard) || name.starts_with(boost) || name.starts_with("perf_timer::");
}

}  // namespace perf_timer::inline v0_1::detail
