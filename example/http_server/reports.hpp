//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "reply.hpp"

#include <optional>
#include <string_view>

namespace http_server {

/// Returns the timers' report while the server runs: `/metrics` for Prometheus, `/perf.json` for
/// programs and `/perf` for people, each if perf_timer was built with it. Returns nothing for other
/// paths.
///
/// A report isn't measured itself. Callable from any thread.
[[nodiscard]] std::optional<Reply> report_route(std::string_view path);

}  // namespace http_server
