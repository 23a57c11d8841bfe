//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "share_bar.hpp"

#include <perf_timer/detail/report/text.hpp>

#include <cmath>

namespace perf_timer::inline v0_1::detail {

std::string share_bar(const TimerSnapshot& timer, std::size_t width, bool colour) {
  const struct {
    std::chrono::nanoseconds total;
    char mark;
    Style style;
  } parts[] = {
      {timer.busy.total, busy_mark, Style::good},
      {timer.off_processor, off_processor_mark, Style::bad},
      {timer.queued.total, queued_mark, Style::warning},
      {timer.idle(), idle_mark, Style::dim},
  };
  double whole = 0;  // more than elapsed if branches ran in parallel
  for (const auto& part : parts) whole += static_cast<double>(part.total.count());
  std::string bar;
  double so_far = 0;
  std::size_t drawn = 0;
  for (const auto& part : parts) {
    if (whole == 0) break;
    so_far += static_cast<double>(part.total.count());
    const auto end =
        static_cast<std::size_t>(std::llround(static_cast<double>(width) * so_far / whole));
    bar += styled(std::string(end - drawn, part.mark), part.style, colour);
    drawn = end;
  }
  return bar.append(width - drawn, ' ');
}

}  // namespace perf_timer::inline v0_1::detail
