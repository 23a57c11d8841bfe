//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/type_name.hpp>

#include <string_view>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Refuses a type of the Asio that this file is not compiled for.
template <class T>
constexpr auto refuse_other_asio() {
  static_assert(std::string_view(signature_with<T>()).find("= " PERF_TIMER_OTHER_ASIO "::") ==
                    std::string_view::npos,
                PERF_TIMER_OTHER_ASIO_TEXT);
}

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
