//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/asio_is_not_tracked.hpp>
#include <perf_timer/detail/platform/asio.hpp>

#include PERF_TIMER_ASIO_HEADER(io_context.hpp)
#include PERF_TIMER_ASIO_HEADER(strand.hpp)
#include PERF_TIMER_ASIO_HEADER(system_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(thread_pool.hpp)

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Whether an executor is one of Asio's own. They aren't instrumented, their properties never fail,
/// and of an allocator property they keep only the allocator. Nothing is known of any other
/// executor.
template <class Executor>
inline constexpr bool is_plain = false;
template <class Allocator, std::uintptr_t Bits>
inline constexpr bool is_plain<asio::io_context::basic_executor_type<Allocator, Bits>> = true;
template <class Allocator, unsigned Bits>
inline constexpr bool is_plain<asio::thread_pool::basic_executor_type<Allocator, Bits>> = true;
template <class Blocking, class Relationship, class Allocator>
inline constexpr bool is_plain<asio::basic_system_executor<Blocking, Relationship, Allocator>> =
    true;
template <class Executor>
inline constexpr bool is_plain<asio::strand<Executor>> = is_plain<Executor>;

}  // namespace perf_timer::inline v0_1::detail
