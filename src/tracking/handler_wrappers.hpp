//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstddef>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// What a class of Asio, Beast, Boost or the standard library has to do with a callback.
struct HandlerWrapper {
  enum class Kind : unsigned char {
    unknown,   ///< not in the table
    holds,     ///< an argument of the template is the callback, or wraps it
    binds,     ///< an argument is as `callback(bound arguments)`
    member,    ///< an argument is the class of the member function that it calls
    hides,     ///< it is erased, or there is none
    is_queue,  ///< executes what a strand has queued
    is_absent  ///< stands for no function: the handler is the next argument
  };

  static constexpr std::size_t last = static_cast<std::size_t>(-1);

  Kind kind = Kind::unknown;
  std::size_t argument = 0;  ///< its index, or `last`
};

/// Returns what the class is. `name` has no arguments of templates, and no inline namespaces.
[[nodiscard]] HandlerWrapper handler_wrapper(std::string_view name) noexcept;

/// Returns whether a class is of the libraries that the table is about.
[[nodiscard]] bool is_of_wrapping_library(std::string_view name) noexcept;

}  // namespace perf_timer::inline v0_1::detail
