//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/registry.hpp>

#include <boost/test/unit_test.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/hangs_after.hpp"
#include "fake_source.hpp"

using perf_timer::detail::Registry;
using test::FakeSource;

namespace {

std::string names(const Registry& registry) {
  std::string result;
  for (const auto& timer : registry.snapshot_all()) result += timer.name;
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_, *perf_timer::test::hangs_after(60))

BOOST_AUTO_TEST_CASE(snapshots_come_in_the_order_of_construction) {
  Registry registry;
  BOOST_TEST(names(registry) == "");
  const FakeSource a{registry, "a"};
  std::optional<FakeSource> b{std::in_place, registry, "b"};
  const FakeSource c{registry, "c"};
  std::optional<FakeSource> d{std::in_place, registry, "d"};
  BOOST_TEST(names(registry) == "abcd");
  b.reset();
  BOOST_TEST(names(registry) == "acd");
  d.reset();
  BOOST_TEST(names(registry) == "ac");
  b.emplace(registry, "b");
  BOOST_TEST(names(registry) == "acb");
}

BOOST_AUTO_TEST_CASE(the_first_and_the_only_one_can_go) {
  Registry registry;
  std::optional<FakeSource> a{std::in_place, registry, "a"};
  std::optional<FakeSource> b{std::in_place, registry, "b"};
  a.reset();
  BOOST_TEST(names(registry) == "b");
  b.reset();
  BOOST_TEST(names(registry) == "");
}

BOOST_AUTO_TEST_CASE(removing_twice_is_nothing) {
  Registry registry;
  FakeSource a{registry, "a"};
  registry.remove(a);
  registry.remove(a);
  BOOST_TEST(names(registry) == "");
}

BOOST_AUTO_TEST_CASE(every_source_is_asked_to_report) {
  Registry registry;
  FakeSource a{registry, "a"};
  FakeSource b{registry, "b"};
  registry.report_all();
  BOOST_TEST(a.reports() == 1);
  BOOST_TEST(b.reports() == 1);
}

BOOST_AUTO_TEST_CASE(ten_thousand_sources) {
  Registry registry;
  std::deque<FakeSource> sources;
  for (int i = 0; i < 10'000; ++i) sources.emplace_back(registry, std::to_string(i));
  BOOST_TEST(registry.snapshot_all().size() == 10'000u);
  while (sources.size() > 2) {
    sources.pop_front();
    sources.pop_back();
  }
  BOOST_TEST(names(registry) == "49995000");
}

BOOST_AUTO_TEST_CASE(the_registry_of_all_is_one) {
  BOOST_TEST(&Registry::instance() == &Registry::instance());
}

// What a log function or an observer may do while the registry calls it.

BOOST_AUTO_TEST_CASE(a_log_function_can_make_and_destroy_a_timer) {
  Registry registry;
  FakeSource a{registry, "a"};
  a.on_report = [&] { const FakeSource temporary{registry, "t"}; };
  registry.report_all();
  BOOST_TEST(names(registry) == "a");
}

BOOST_AUTO_TEST_CASE(a_timer_made_meanwhile_is_not_visited_so_that_a_pass_ends) {
  Registry registry;
  std::deque<FakeSource> made;
  FakeSource a{registry, "a"};
  const std::function<void()> make = [&] { made.emplace_back(registry, "b").on_report = make; };
  a.on_report = make;
  registry.report_all();
  BOOST_TEST(made.size() == 1u);
  BOOST_TEST(made[0].reports() == 0);
}

BOOST_AUTO_TEST_CASE(a_log_function_can_destroy_any_timer) {
  for (const std::size_t victim : {0U, 1U, 2U, 3U, 4U}) {
    Registry registry;
    std::vector<std::unique_ptr<FakeSource>> sources;
    for (const char* name : {"0", "1", "2", "3", "4"}) {
      sources.push_back(std::make_unique<FakeSource>(registry, name));
    }
    int reports = 0;
    for (auto& source : sources) source->on_report = [&] { ++reports; };
    sources[2]->on_report = [&] {
      ++reports;
      sources[victim].reset();  // including its own
    };
    registry.report_all();
    BOOST_TEST(reports == (victim > 2 ? 4 : 5));
    BOOST_TEST(registry.snapshot_all().size() == 4u);
  }
}

BOOST_AUTO_TEST_CASE(a_log_function_can_destroy_all_timers) {
  Registry registry;
  std::vector<std::unique_ptr<FakeSource>> sources;
  for (const char* name : {"0", "1", "2", "3", "4"}) {
    sources.push_back(std::make_unique<FakeSource>(registry, name));
  }
  sources[2]->on_report = [&] { sources.clear(); };
  registry.report_all();
  BOOST_TEST(names(registry) == "");
}

BOOST_AUTO_TEST_CASE(a_log_function_can_take_snapshots_and_report) {
  Registry registry;
  FakeSource a{registry, "a"};
  FakeSource b{registry, "b"};
  std::string seen;
  a.on_report = [&] {
    seen = names(registry);
    registry.report_all();
  };
  registry.report_all();
  BOOST_TEST(seen == "ab");
  BOOST_TEST(a.reports() == 2);  // the inner pass asked again
  BOOST_TEST(b.reports() == 2);
}

BOOST_AUTO_TEST_CASE(a_timer_destroyed_in_a_pass_within_a_pass) {
  Registry registry;
  auto a = std::make_unique<FakeSource>(registry, "a");
  auto b = std::make_unique<FakeSource>(registry, "b");
  FakeSource c{registry, "c"};
  b->on_snapshot = [&] {
    b->on_snapshot = nullptr;
    a.reset();
  };
  a->on_report = [&] { BOOST_TEST(names(registry) == "abc"); };
  c.on_report = [&] { b.reset(); };
  registry.report_all();
  BOOST_TEST(names(registry) == "c");
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_throws_ends_the_pass_and_nothing_else) {
  Registry registry;
  std::optional<FakeSource> a{std::in_place, registry, "a"};
  a->on_snapshot = [] { throw std::runtime_error{"observer"}; };
  BOOST_CHECK_THROW(static_cast<void>(registry.snapshot_all()), std::runtime_error);
  a->on_snapshot = nullptr;
  BOOST_TEST(names(registry) == "a");
  a.reset();
  BOOST_TEST(names(registry) == "");
}

BOOST_AUTO_TEST_SUITE_END()
