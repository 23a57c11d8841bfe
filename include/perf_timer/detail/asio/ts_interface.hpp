//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/timer_clock.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(executor.hpp)
#include PERF_TIMER_ASIO_HEADER(is_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(strand.hpp)

#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Whether an executor has the interface of the Networking TS. Asio's trait sees only names, and a
/// strand has all of them, whatever it is made of.
template <class Executor>
inline constexpr bool has_ts_interface = asio::is_executor<Executor>::value;
template <class Executor>
inline constexpr bool has_ts_interface<asio::strand<Executor>> = has_ts_interface<Executor>;
template <class Inner, class Clock>
inline constexpr bool has_ts_interface<PerfExecutor<Inner, Clock>> = has_ts_interface<Inner>;

/// Whether an executor has no other interface. Such a one has no properties, so nothing tells when
/// an operation starts, and it can't be measured.
template <class Executor>
inline constexpr bool has_only_ts_interface =
    asio::is_executor<Executor>::value && !asio::execution::is_executor<Executor>::value;

/// Tells of an executor that is derived from a `PerfExecutor`, as those with a default completion
/// token are. Not defined.
template <class Inner, class Clock>
std::bool_constant<has_ts_interface<Inner>> ts_interface_of(const PerfExecutor<Inner, Clock>&);
template <class Executor>
concept DerivedFromPerfExecutor =
    requires(const Executor& executor) { detail::ts_interface_of(executor); };

template <class Executor>
constexpr auto refuse_ts_executor() {
  static_assert(!has_only_ts_interface<Executor>,
                "this executor has only the interface of the Networking TS, so it can't be "
                "measured: use make_strand(context) in place of io_context::strand, and "
                "any_io_executor in place of asio::executor");
}

}  // namespace perf_timer::inline v0_1::detail

namespace PERF_TIMER_ASIO_NAMESPACE {

/// \cond
// Otherwise `make_work_guard` would call members that `Inner` doesn't have.
template <perf_timer::detail::DerivedFromPerfExecutor Executor>
struct is_executor<Executor>
    : decltype(perf_timer::detail::ts_interface_of(std::declval<const Executor&>())){};
/// \endcond

}  // namespace PERF_TIMER_ASIO_NAMESPACE
