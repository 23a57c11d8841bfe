//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/last_stalls.hpp>
#include <perf_timer/detail/report/text_stream.hpp>

#include "pages.hpp"

#include <chrono>
#include <iomanip>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Writes a time such as "2026-11-27 08:30:00 UTC".
void write_time(std::ostream& out, std::chrono::system_clock::time_point when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(when - day));
  const auto two_digits = [&](char before, auto number) {
    out << before << std::setw(2) << std::setfill('0') << number;
  };
  out << static_cast<int>(date.year());
  two_digits('-', static_cast<unsigned>(date.month()));
  two_digits('-', static_cast<unsigned>(date.day()));
  two_digits(' ', time.hours().count());
  two_digits(':', time.minutes().count());
  two_digits(':', time.seconds().count());
  out << " UTC";
}

}  // namespace

std::string stalls_text() {
  TextStream out;
  const std::vector<ToldStall> stalls = last_stalls();
  out << "what stall watches have told last, the latest first: " << stalls.size() << '\n';
  if (stalls.empty())
    out << "a program watches by watch_stalls(), a tracked one by PERF_TIMER_STALLS\n";
  for (const ToldStall& stall : stalls) {
    out << '\n';
    write_time(out, stall.when);
    out << ": " << stall.text << '\n';
  }
  return std::move(out).str();
}

}  // namespace perf_timer::inline v0_1::detail
