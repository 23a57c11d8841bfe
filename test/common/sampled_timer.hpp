//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/asio_perf_timer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string_view>

namespace perf_timer::test {

/// A timer of which one run in so many has its processor time measured.
template <class Clock>
struct BasicSampledTimer : BasicAsioPerfTimer<Clock> {
  explicit BasicSampledTimer(std::uint32_t every)
      : BasicAsioPerfTimer<Clock>("test", {.log = [](std::string_view) {}, .cpu_every = every}) {}
};

/// Checks how many runs were measured, and their total processor and busy time.
inline void check_cpu(const TimerBase& timer, std::uint64_t samples, std::int64_t cpu,
                      std::int64_t busy) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(snapshot.cpu.count == samples);
  BOOST_TEST(snapshot.cpu.total.count() == cpu);
  BOOST_TEST(snapshot.cpu_busy.count() == busy);
}

}  // namespace perf_timer::test
