//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/executor_access.hpp>
#include <perf_timer/timer_clock.hpp>

#include <boost/asio/execution/executor.hpp>
#include <boost/asio/is_executor.hpp>
#include <boost/asio/strand.hpp>

#include <type_traits>

namespace perf_timer::inline v0_1::detail {

/// Whether an executor has the interface of the Networking TS. Asio's trait sees only names, and a
/// strand has all of them, whatever it is made of.
template <class Executor>
inline constexpr bool has_ts_interface = boost::asio::is_executor<Executor>::value;
template <class Executor>
inline constexpr bool has_ts_interface<boost::asio::strand<Executor>> = has_ts_interface<Executor>;
template <class Inner, class Clock>
inline constexpr bool has_ts_interface<PerfExecutor<Inner, Clock>> = has_ts_interface<Inner>;

/// Whether an executor has no other interface. Such a one has no properties, so nothing tells when
/// an operation starts, and it can't be measured.
template <class Executor>
inline constexpr bool has_only_ts_interface = boost::asio::is_executor<Executor>::value &&
                                              !boost::asio::execution::is_executor<Executor>::value;

template <class Executor>
constexpr auto refuse_ts_executor() {
  static_assert(!has_only_ts_interface<Executor>,
                "this executor has only the interface of the Networking TS, so it can't be "
                "measured: use make_strand(context) in place of io_context::strand, and "
                "any_io_executor in place of asio::executor");
}

}  // namespace perf_timer::inline v0_1::detail

namespace boost::asio {

/// \cond
// Otherwise `make_work_guard` would call members that `Inner` doesn't have.
template <class Inner, perf_timer::TimerClock Clock>
struct is_executor<perf_timer::PerfExecutor<Inner, Clock>>
    : std::bool_constant<perf_timer::detail::has_ts_interface<Inner>> {};
/// \endcond

}  // namespace boost::asio
