//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
/// \cond
// Each Asio includes it once, so there is no include guard.
#if defined(PERF_TIMER_IS_INCLUDED_BY_ASIO)
#error \
    "perf_timer: this file includes both Boost.Asio and standalone Asio. In a tracked program, each \
file can include one of them; a program can have files of either kind. If it means only standalone \
Asio, link perf_timer::standalone, so that the headers of perf_timer don't include Boost.Asio"
#endif
#define PERF_TIMER_IS_INCLUDED_BY_ASIO
/// \endcond
/// \file
/// Makes Asio tell of each of its operations; see doc/tracking.md. No program includes it: Asio
/// does, in all files of a program that defines
///
///     BOOST_ASIO_CUSTOM_HANDLER_TRACKING=<perf_timer/tracking.hpp>
///     ASIO_CUSTOM_HANDLER_TRACKING=<perf_timer/tracking.hpp>
///
/// as all do that link the CMake target `perf_timer::tracking`. The first is for Boost.Asio, the
/// second for standalone Asio. They must be defined for all files of the program that include Asio,
/// because they change Asio's types.

#include <perf_timer/detail/environment/asio_is_tracked.hpp>
#include <perf_timer/detail/environment/begin_tracking.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>

#include <version>

#if !PERF_TIMER_ASIO_IS_TRACKED
#error \
    "perf_timer/tracking.hpp is included by Asio: define BOOST_ASIO_CUSTOM_HANDLER_TRACKING, or \
ASIO_CUSTOM_HANDLER_TRACKING for standalone Asio, as <perf_timer/tracking.hpp> for all files of the \
program, or link the target perf_timer::tracking"
#endif

#if defined(PERF_TIMER_STANDALONE_ASIO) && ASIO_VERSION < 102600
#error \
    "perf_timer: perf_timer::tracking needs standalone Asio 1.26 or newer, and this one is older: link \
perf_timer::standalone without it, and measure with timers"
#endif

#if (defined(BOOST_ASIO_HAS_STD_COROUTINE) || defined(ASIO_HAS_STD_COROUTINE)) && \
    defined(__cpp_lib_source_location)
#include <perf_timer/detail/tracking/located_frame.hpp>
#endif

/// \cond
// What Asio asks such a header to define, see asio/detail/handler_tracking.hpp.
#if defined(PERF_TIMER_STANDALONE_ASIO)
#define ASIO_INHERIT_TRACKED_HANDLER : public ::perf_timer::detail::TrackedOperation
#define ASIO_ALSO_INHERIT_TRACKED_HANDLER , public ::perf_timer::detail::TrackedOperation
#define ASIO_HANDLER_TRACKING_INIT (void)0
#define ASIO_HANDLER_LOCATION(args) ::perf_timer::detail::OperationLocation tracked_location args
#define ASIO_HANDLER_CREATION(args) \
  [[maybe_unused]] const auto tracked_start = ::perf_timer::detail::track_creation args
#define ASIO_HANDLER_COMPLETION(args) \
  ::perf_timer::detail::OperationCompletion tracked_completion args
#define ASIO_HANDLER_INVOCATION_BEGIN(args) tracked_completion.invocation_begin args
#define ASIO_HANDLER_INVOCATION_END tracked_completion.invocation_end()
#define ASIO_HANDLER_OPERATION(args) (void)0
#define ASIO_HANDLER_REACTOR_REGISTRATION(args) (void)0
#define ASIO_HANDLER_REACTOR_DEREGISTRATION(args) (void)0
#define ASIO_HANDLER_REACTOR_READ_EVENT 1
#define ASIO_HANDLER_REACTOR_WRITE_EVENT 2
#define ASIO_HANDLER_REACTOR_ERROR_EVENT 4
#define ASIO_HANDLER_REACTOR_EVENTS(args) (void)0
#define ASIO_HANDLER_REACTOR_OPERATION(args) ::perf_timer::detail::track_attempt args
#else
#define BOOST_ASIO_INHERIT_TRACKED_HANDLER : public ::perf_timer::detail::TrackedOperation
#define BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER , public ::perf_timer::detail::TrackedOperation
#define BOOST_ASIO_HANDLER_TRACKING_INIT (void)0
#define BOOST_ASIO_HANDLER_LOCATION(args) \
  ::perf_timer::detail::OperationLocation tracked_location args
#define BOOST_ASIO_HANDLER_CREATION(args) \
  [[maybe_unused]] const auto tracked_start = ::perf_timer::detail::track_creation args
#define BOOST_ASIO_HANDLER_COMPLETION(args) \
  ::perf_timer::detail::OperationCompletion tracked_completion args
#define BOOST_ASIO_HANDLER_INVOCATION_BEGIN(args) tracked_completion.invocation_begin args
#define BOOST_ASIO_HANDLER_INVOCATION_END tracked_completion.invocation_end()
#define BOOST_ASIO_HANDLER_OPERATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_REGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_DEREGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_READ_EVENT 1
#define BOOST_ASIO_HANDLER_REACTOR_WRITE_EVENT 2
#define BOOST_ASIO_HANDLER_REACTOR_ERROR_EVENT 4
#define BOOST_ASIO_HANDLER_REACTOR_EVENTS(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_OPERATION(args) ::perf_timer::detail::track_attempt args
#endif
/// \endcond
