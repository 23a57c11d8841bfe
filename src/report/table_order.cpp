//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/table_order.hpp>

namespace perf_timer::inline v0_1::detail {

std::string order_text(SortBy sort, const OrderWords& words) {
  std::string text = "sorted by ";
  switch (sort) {
    case SortBy::total_busy:
      return text += "total busy time";
    case SortBy::total_queued:
      return text += "total queued time";
    case SortBy::total_elapsed:
      return text.append("total ").append(words.elapsed);
    case SortBy::runs:
      return text += words.runs;
    case SortBy::longest_busy:
      return text.append("the longest busy time of ").append(words.one);
    case SortBy::name:
      break;
  }
  return text += "name";
}

}  // namespace perf_timer::inline v0_1::detail
