//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

struct QualifiedName;

/// Returns the name of a type as its author would write it: "main() lambda", "room<std::string>".
[[nodiscard]] std::string readable_name(const QualifiedName& name);

/// As `readable_name`, of a function: "chat::session::run". It has no parameters then.
[[nodiscard]] std::string readable_function(const QualifiedName& name);

/// Returns any type, such as an argument of a template, as its author would write it. What isn't
/// understood stays as it is.
[[nodiscard]] std::string readable_type(std::string_view type);

}  // namespace perf_timer::inline v0_1::detail
