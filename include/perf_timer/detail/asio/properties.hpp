//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/plain_executor.hpp>
#include <perf_timer/detail/platform/asio.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(allocator.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(blocking.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(context.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(context_as.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(outstanding_work.hpp)
#include PERF_TIMER_ASIO_EXECUTION_HEADER(prefer_only.hpp)

#include <concepts>
#include <type_traits>

namespace perf_timer::inline v0_1::detail {

/// Asio asks for outstanding work to be tracked when an operation starts (rule 4). Through
/// `any_io_executor` the property arrives in `prefer_only`.
template <class Property>
inline constexpr bool is_tracked =
    std::same_as<Property, asio::execution::outstanding_work_t::tracked_t> ||
    std::same_as<Property,
                 asio::execution::prefer_only<asio::execution::outstanding_work_t::tracked_t>>;

/// A strand asks whether its executor blocks before it executes or queues a function. If the
/// executor is an `any_executor`, it asks in one of these ways, depending on its properties.
template <class Property>
inline constexpr bool is_kind_of_blocking = false;
template <class Property>
inline constexpr bool is_kind_of_blocking<asio::execution::prefer_only<Property>> =
    is_kind_of_blocking<Property>;
template <>
inline constexpr bool is_kind_of_blocking<asio::execution::blocking_t::possibly_t> = true;
template <>
inline constexpr bool is_kind_of_blocking<asio::execution::blocking_t::always_t> = true;
template <>
inline constexpr bool is_kind_of_blocking<asio::execution::blocking_t::never_t> = true;

/// If the executor is somebody's own, the strand asks in this way. So does an `any_executor` where
/// it is made.
template <class Property>
inline constexpr bool is_blocking = std::same_as<Property, asio::execution::blocking_t>;

template <class Property>
inline constexpr bool is_context = std::same_as<Property, asio::execution::context_t>;
template <class T>
inline constexpr bool is_context<asio::execution::context_as_t<T>> = true;

template <class Property>
inline constexpr bool is_stateless_allocator = false;
template <class Allocator>
inline constexpr bool is_stateless_allocator<asio::execution::allocator_t<Allocator>> =
    std::is_empty_v<Allocator>;

/// Whether a property leaves an executor as it is. The allocator that most handlers ask for does
/// so, because Asio's own executors use it already.
template <class From, class To, class Property>
inline constexpr bool changes_nothing =
    is_plain<From> && std::same_as<From, To> && is_stateless_allocator<Property>;

}  // namespace perf_timer::inline v0_1::detail
