//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Which Asio a file of the program uses: Boost.Asio, or standalone Asio. Nothing else in this
/// library knows. What is compiled once, in the library, is the same for both, and a program may
/// have files of either kind. So what a header defines in terms of Asio's types has another name in
/// each kind: by these types, or by the inline namespace
/// `PERF_TIMER_ASIO_KIND`.

#include <cstddef>  // declares the namespace std

#if defined(ASIO_CUSTOM_HANDLER_TRACKING) && defined(ASIO_DETAIL_HANDLER_TRACKING_HPP) && \
    !defined(PERF_TIMER_STANDALONE_ASIO) && !defined(BOOST_ASIO_DETAIL_HANDLER_TRACKING_HPP)
/// Standalone Asio has included perf_timer/tracking.hpp, which knows no other way.
#define PERF_TIMER_STANDALONE_ASIO
#endif

#if defined(PERF_TIMER_STANDALONE_ASIO)

#if !__has_include(<asio/version.hpp>)
#error \
    "perf_timer: PERF_TIMER_STANDALONE_ASIO is defined, as by the target perf_timer::standalone, \
but <asio.hpp> isn't found: add the folder of standalone Asio to the include path, or link \
perf_timer::perf_timer if this program uses Boost.Asio"
#endif

#include <asio/version.hpp>
#if ASIO_VERSION < 102200
#error "perf_timer: standalone Asio is older than 1.22"
#endif
#if ASIO_VERSION < 102400 && defined(__clang__) && !defined(ASIO_HAS_CO_AWAIT)
#error \
    "perf_timer: this standalone Asio is older than 1.24, and doesn't know that clang has coroutines: \
define ASIO_HAS_CO_AWAIT=1 for all files that include Asio"
#endif

/// What stands after `#include`.
#define PERF_TIMER_ASIO_HEADER(name) <asio/name>
#define PERF_TIMER_ASIO_EXECUTION_HEADER(name) <asio/execution/name>
/// What has Asio's `error_code`, in the namespace `detail::asio_system`.
#define PERF_TIMER_ASIO_ERROR_HEADER <system_error>
/// To open it.
#define PERF_TIMER_ASIO_NAMESPACE asio
/// An inline namespace for what depends on Asio and doesn't have a type of Asio's in its name.
#define PERF_TIMER_ASIO_KIND of_standalone_asio
/// The linker's name of a function in Asio's namespace `detail`, the last of whose types is there.
#define PERF_TIMER_NAME_IN_ASIO(before, after) "_ZN4asio6detail" before "NS0_" after
/// Where `deferred` is. In the namespace `detail`, it is called `asio_deferred`.
#if __has_include(<asio/deferred.hpp>)
#define PERF_TIMER_ASIO_DEFERRED_NAMESPACE asio
#else
#define PERF_TIMER_ASIO_DEFERRED_NAMESPACE asio::experimental
namespace asio::experimental {}
#endif
/// Submits a function to an executor. Before 1.24 not all executors had a public `execute`.
#if ASIO_VERSION < 102400
#define PERF_TIMER_ASIO_EXECUTE(executor, function) ::asio::execution::execute(executor, function)
#else
#define PERF_TIMER_ASIO_EXECUTE(executor, function) (executor).execute(function)
#endif
/// Whether a handler's executor may be asked for tracking only where something wakes the handler,
/// as channels do after 1.26.
#define PERF_TIMER_ASIO_ASKS_LATE (ASIO_VERSION >= 102700)
/// The namespace of the Asio that it isn't, and what to do about its types.
#define PERF_TIMER_OTHER_ASIO "boost::asio"
#define PERF_TIMER_OTHER_ASIO_TEXT                                                       \
  "this is of Boost.Asio, but PERF_TIMER_STANDALONE_ASIO is defined, so the headers of " \
  "perf_timer are for standalone Asio: link perf_timer::perf_timer, and not "            \
  "perf_timer::standalone"

#if defined(ASIO_CUSTOM_HANDLER_TRACKING)
#define PERF_TIMER_ASIO_IS_TRACKED 1
#else
#define PERF_TIMER_ASIO_IS_TRACKED 0
#endif
#if defined(ASIO_NO_TS_EXECUTORS)
#define PERF_TIMER_ASIO_HAS_TS_EXECUTORS 0
#else
#define PERF_TIMER_ASIO_HAS_TS_EXECUTORS 1
#endif

namespace asio {}
namespace perf_timer::inline v0_1 {
namespace asio = ::asio;
}
namespace perf_timer::inline v0_1::detail {
namespace asio_system = ::std;
namespace asio_deferred = ::PERF_TIMER_ASIO_DEFERRED_NAMESPACE;
}  // namespace perf_timer::inline v0_1::detail

#else

#if !__has_include(<boost/asio/version.hpp>)
#error \
    "perf_timer: <boost/asio.hpp> isn't found: add the folder of Boost to the include path, or \
link perf_timer::standalone, which defines PERF_TIMER_STANDALONE_ASIO, if this program uses \
standalone Asio"
#endif

#define PERF_TIMER_ASIO_HEADER(name) <boost/asio/name>
#include PERF_TIMER_ASIO_HEADER(version.hpp)

#define PERF_TIMER_ASIO_EXECUTION_HEADER(name) <boost/asio/execution/name>
#define PERF_TIMER_ASIO_ERROR_HEADER <boost/system/error_code.hpp>
#define PERF_TIMER_ASIO_NAMESPACE boost::asio
#define PERF_TIMER_ASIO_KIND of_boost_asio
#define PERF_TIMER_ASIO_DEFERRED_NAMESPACE boost::asio
#define PERF_TIMER_NAME_IN_ASIO(before, after) "_ZN5boost4asio6detail" before "NS1_" after
#define PERF_TIMER_ASIO_EXECUTE(executor, function) (executor).execute(function)
#define PERF_TIMER_ASIO_ASKS_LATE (BOOST_ASIO_VERSION >= 102700)
#define PERF_TIMER_OTHER_ASIO "asio"
#define PERF_TIMER_OTHER_ASIO_TEXT                                                      \
  "this is of standalone Asio, but the headers of perf_timer are for Boost.Asio: link " \
  "perf_timer::standalone, which defines PERF_TIMER_STANDALONE_ASIO"

#if defined(BOOST_ASIO_CUSTOM_HANDLER_TRACKING)
#define PERF_TIMER_ASIO_IS_TRACKED 1
#else
#define PERF_TIMER_ASIO_IS_TRACKED 0
#endif
#if defined(BOOST_ASIO_NO_TS_EXECUTORS)
#define PERF_TIMER_ASIO_HAS_TS_EXECUTORS 0
#else
#define PERF_TIMER_ASIO_HAS_TS_EXECUTORS 1
#endif

namespace boost::asio {}
namespace boost::system {}
namespace perf_timer::inline v0_1 {
namespace asio = ::boost::asio;
}
namespace perf_timer::inline v0_1::detail {
namespace asio_system = ::boost::system;
namespace asio_deferred = ::boost::asio;
}  // namespace perf_timer::inline v0_1::detail

#endif
