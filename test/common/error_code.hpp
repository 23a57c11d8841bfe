//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// `asio::error_code` and `asio::system_error`. Standalone Asio has these names. For Boost.Asio,
/// tests have them, too.

#include <perf_timer/detail/platform/asio.hpp>

#if defined(PERF_TIMER_STANDALONE_ASIO)
#include <asio/error_code.hpp>
#include <asio/system_error.hpp>
#else
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

namespace boost::asio {
using boost::system::error_code;
using boost::system::system_error;
}  // namespace boost::asio
#endif
