//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "reply.hpp"

#include <optional>
#include <string_view>

namespace http_server {

/// What the timers show, at `/perf` as a page and at `/perf.json` for programs; nothing at other
/// paths, and where this was built without what a report needs. Thread safety: any number of
/// threads.
[[nodiscard]] std::optional<Reply> report(std::string_view path);

}  // namespace http_server
