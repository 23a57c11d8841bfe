//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/exemplars.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Exemplars;
using detail::RunLabels;
using detail::Ticks;

void add(Exemplars& to, Ticks elapsed, const std::string& id) {
  auto run = std::make_unique<RunLabels>();
  run->set({"id", id, 2 + id.size()});
  to.add(run.release(), elapsed);
}

/// The ids of the runs that there are, each with its elapsed time.
std::string shown(const Exemplars& exemplars) {
  std::string text;
  for (const Exemplar& one : exemplars.read())
    text += one.labels.at(0).second + ":" + std::to_string(one.elapsed.count()) + " ";
  return text;
}

BOOST_AUTO_TEST_SUITE(exemplars)

BOOST_AUTO_TEST_CASE(a_class_an_octave) {
  struct Row {
    Ticks from, to;
    std::size_t its_class;
  };
  for (const Row& row : {Row{0, 511, 0},
                         {512, 1023, 1},
                         {1024, 2047, 2},
                         {Ticks{1} << 38, (Ticks{1} << 39) - 1, 30},
                         {Ticks{1} << 39, INT64_MAX, 31}}) {
    BOOST_TEST(Exemplars::class_of(row.from) == row.its_class, row.from);
    BOOST_TEST(Exemplars::class_of(row.to) == row.its_class, row.to);
  }
  BOOST_TEST(Exemplars::class_of(-1) == 0u);
}

BOOST_AUTO_TEST_CASE(the_latest_of_each_class) {
  Exemplars runs;
  BOOST_TEST(shown(runs) == "");
  add(runs, 5'000'000, "a");
  add(runs, 100, "b");
  add(runs, 5'100'000, "c");
  BOOST_TEST(shown(runs) == "b:100 c:5100000 ");
  BOOST_TEST(shown(runs) == "b:100 c:5100000 ");  // reading takes nothing away
  runs.forget();
  BOOST_TEST(shown(runs) == "");
  add(runs, 7, "d");
  BOOST_TEST(shown(runs) == "d:7 ");
}

BOOST_AUTO_TEST_CASE(when_it_ended) {
  Exemplars runs;
  const auto before = std::chrono::system_clock::now();
  add(runs, 7, "a");
  const auto at = runs.read().at(0).at;
  BOOST_TEST((before <= at && at <= std::chrono::system_clock::now()));
}

// Each of two threads adds its runs in ascending order, so no reader may see one of a thread go
// back.
BOOST_AUTO_TEST_CASE(while_others_read) {
  Exemplars runs;
  std::atomic<bool> stop{false};
  std::atomic<int> added{0};
  const auto adds = [&](Ticks elapsed) {
    for (std::uint64_t i = 1; !stop; ++i) {
      add(runs, elapsed, std::to_string(i));
      if (i == 1) ++added;
    }
  };
  std::thread one(adds, 1000), another(adds, 1'000'000);
  while (added != 2) std::this_thread::yield();
  std::uint64_t last[2] = {};
  for (int i = 0; i != 1000; ++i) {
    const auto seen = runs.read();
    for (const Exemplar& run : seen) {
      const std::uint64_t id = std::stoull(run.labels.at(0).second);
      std::uint64_t& before = last[run.elapsed.count() == 1000 ? 0 : 1];
      BOOST_TEST_REQUIRE(id >= before);
      before = id;
    }
  }
  stop = true;
  one.join();
  another.join();
  BOOST_TEST(runs.read().size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
