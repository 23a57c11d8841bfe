//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_text.hpp"

#include <perf_timer/detail/report/utf8.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

namespace perf_timer::inline v0_1::detail {

std::string quoted_json(std::string_view text) {
  const std::string valid = valid_utf8(text);
  return boost::json::serialize(boost::json::string_view(valid.data(), valid.size()));
}

}  // namespace perf_timer::inline v0_1::detail
