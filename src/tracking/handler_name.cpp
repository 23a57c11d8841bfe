//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/handler_name.hpp>

namespace perf_timer::inline v0_1::detail {

std::string handler_name(std::string_view signature) { return std::string(signature); }

std::string function_name(std::string_view signature) { return std::string(signature); }

}  // namespace perf_timer::inline v0_1::detail
