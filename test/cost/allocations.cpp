//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// In the steady state, runs and handlers allocate no more than the same program without this
// library.
#include "../../bench/rows/all.hpp"
#include "allocation_count.hpp"
#include "common/optional_run.hpp"

#include <perf_timer/asio_perf_timer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace perf_timer::test {
namespace {

constexpr int warm_up = 1024, counted = 16 * 1024;

/// A histogram allocates a page when the first sample falls into an octave. Durations vary, so this
/// can happen at any time: once for each octave of each of a shard's four states.
constexpr std::uint64_t pages = 4 * 57;
static_assert(pages < counted / 64);

class Loop {
 public:
  bool KeepRunning() {
    if (++done_ == warm_up) before_ = allocation_count();
    if (done_ < warm_up + counted) return true;
    allocated_ = allocation_count() - before_;
    return false;
  }
  [[nodiscard]] std::uint64_t allocated() const { return allocated_; }

 private:
  int done_ = 0;
  std::uint64_t before_ = 0, allocated_ = 0;
};

BOOST_AUTO_TEST_SUITE(allocations)

BOOST_AUTO_TEST_CASE(are_counted) {
  const auto before = allocation_count();
  delete new std::string(1000, 'x');
  BOOST_TEST(allocation_count() >= before + 1);
}

BOOST_AUTO_TEST_CASE(none_more_than_without_the_library) {
  std::map<std::string, std::uint64_t> allocated;
  rows::for_each_row([&](const std::string& name, const auto& row) {
    Loop loop;
    row(loop);
    allocated[name] = loop.allocated();
  });
  for (const auto& [name, number] : allocated) {
    const std::string plain = rows::compared_with(name);
    BOOST_TEST_CONTEXT(name << " beside " << plain) {
      BOOST_REQUIRE(allocated.contains(plain));
      BOOST_TEST(number <= allocated[plain] + pages);
    }
  }
}

// On a plain executor, every run whose end is told takes this path.
BOOST_AUTO_TEST_CASE(none_for_partial_runs) {
  AsioPerfTimer timer("partial", {.log = [](std::string_view) {}});
  const auto run = std::make_unique<OptionalRun<AsioPerfTimer>>();
  Loop loop;
  while (loop.KeepRunning()) {
    run->measure(timer);  // not on the stack, so it can't be followed
    run->stop();
  }
  BOOST_TEST(timer.snapshot().partial > 0u);
  BOOST_TEST(timer.snapshot().partial == timer.snapshot().runs);
  BOOST_TEST(loop.allocated() <= pages);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
