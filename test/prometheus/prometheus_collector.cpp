//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus_collector.hpp>

#include <perf_timer.hpp>
#include <perf_timer/prometheus_text.hpp>

#include "common/fork_safety.hpp"
#include "common/manual_clock.hpp"
#include "exposition.hpp"

#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

const TimerOptions quiet{.log = [](std::string_view) {}};

Exposition collected(const PrometheusCollector& collector) {
  return Exposition{prometheus::TextSerializer{}.Serialize(collector.Collect())};
}

BOOST_AUTO_TEST_SUITE(prometheus_collector)

BOOST_AUTO_TEST_CASE(live_timers) {
  PerfTimer timer{"live", quiet};
  for (const auto duration : {1us, 30us, 500us, 500us, 20'000'000us}) timer.observe(duration);
  BOOST_CHECK_THROW(timer.decorate([] { throw std::runtime_error{"no"}; })(), std::runtime_error);

  const auto text = collected(PrometheusCollector{{.prefix = "p", .labels = {{"a", "b"}}}});
  const std::map<std::string, std::string> its{{"timer", "live"}, {"kind", "scope"}, {"a", "b"}};
  BOOST_TEST(text.value("p_runs_total", its) == 5);
  BOOST_TEST(text.value("p_failed_total", its) == 1);
  BOOST_TEST(text.value("p_elapsed_seconds_count", its) == 5);
  const struct {
    const char* le;
    double count;
  } rows[] = {{"5e-05", 2}, {"0.0001", 2}, {"0.001", 4}, {"10", 4}, {"+Inf", 5}};
  for (const auto& row : rows) {
    auto labels = its;
    labels["le"] = row.le;
    BOOST_TEST(text.value("p_elapsed_seconds_bucket", labels) == row.count);
  }
}

BOOST_AUTO_TEST_CASE(handlers_of_an_executor) {
  BasicAsioPerfTimer<ManualClock> timer{"strand", quiet};
  {
    asio::io_context context;
    const auto executor = timer.wrap(context);
    asio::post(executor, [] { ManualClock::advance(3'000'000); });
    asio::post(executor, [] { ManualClock::advance(5'000'000); });
    ManualClock::advance(1'000'000);
    context.run();
    asio::post(executor, [] {});  // destroyed with the context
  }
  const Exposition text{prometheus_text()};
  const std::map<std::string, std::string> its{{"timer", "strand"}, {"kind", "executor"}};
  BOOST_TEST(text.value("perf_timer_runs_total", its) == 2);
  BOOST_TEST(text.value("perf_timer_dropped_total", its) == 1);
  BOOST_TEST(text.value("perf_timer_busy_seconds_sum", its) == 0.008);
  BOOST_TEST(text.value("perf_timer_queued_seconds_sum", its) == 0.005);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_sum", its) == 0.013);
  for (const char* metric : {"busy", "queued", "elapsed"})
    BOOST_TEST(text.value("perf_timer_" + std::string{metric} + "_seconds_count", its) == 2);
}

BOOST_AUTO_TEST_CASE(as_an_exposer_has_it) {
  const std::unique_ptr<prometheus::Collectable> collector =
      std::make_unique<PrometheusCollector>();
  BOOST_TEST(collector->Collect().size() == 30u);
}

BOOST_AUTO_TEST_CASE(a_series_ends_with_its_timer) {
  const auto shown = [] {
    return Exposition{prometheus_text()}.count("perf_timer_runs_total", {{"timer", "short"}});
  };
  {
    PerfTimer timer{"short", quiet};
    BOOST_TEST(shown() == 1u);
  }
  BOOST_TEST(shown() == 0u);
}

BOOST_AUTO_TEST_CASE(a_series_of_several_timers_never_falls) {
  const auto runs = [] {
    return Exposition{prometheus_text()}.value("perf_timer_runs_total", {{"timer", "twin"}});
  };
  std::optional<PerfTimer> first{std::in_place, "twin", quiet};
  PerfTimer second{"twin", quiet};
  first->observe(1ms);
  first->observe(1ms);
  second.observe(1ms);
  BOOST_TEST(runs() == 3);
  first.reset();
  BOOST_TEST(runs() == 3);
  second.observe(1ms);
  BOOST_TEST(runs() == 4);
}

/// Calls a function once during a snapshot of its timer, when the snapshot makes a state.
class ObserverWithHook {
 public:
  explicit ObserverWithHook(std::shared_ptr<std::function<void()>> hook) : hook_(std::move(hook)) {}

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    if (const auto hook = std::exchange(*hook_, nullptr)) hook();
    return HistogramObserver{}.make_state();
  }

 private:
  std::shared_ptr<std::function<void()>> hook_;
};

// The outer scrape is older. It must not take runs that only the inner one saw for runs of a timer
// that is gone.
BOOST_AUTO_TEST_CASE(a_scrape_in_the_middle_of_another) {
  const auto hook = std::make_shared<std::function<void()>>();
  PerfTimer first{"twin", quiet};
  PerfTimer second{"twin", {.observer = ObserverWithHook{hook}, .log = quiet.log}};
  const auto runs = [] {
    return Exposition{prometheus_text()}.value("perf_timer_runs_total", {{"timer", "twin"}});
  };
  first.observe(1ms);
  BOOST_TEST(runs() == 1);
  double in_the_middle = 0;
  *hook = [&] {
    first.observe(1ms);
    in_the_middle = runs();
  };
  BOOST_TEST(runs() == 2);
  BOOST_TEST(in_the_middle == 2);
  BOOST_TEST(runs() == 2);
}

// The child can show its timers, whatever another thread did at the fork.
BOOST_AUTO_TEST_CASE(a_child_that_was_forked_during_a_scrape,
                     *boost::unit_test::precondition(forks_safely)) {
  std::deque<PerfTimer> timers;  // so many that a scrape takes long
  for (int i = 0; i < 200; ++i) timers.emplace_back("twin", quiet).observe(i * 1ms);
  std::atomic<bool> done{false};
  std::thread reader{[&] {
    while (!done) static_cast<void>(prometheus_text());
  }};
  for (int turn = 0; turn < 30; ++turn) {
    const ::pid_t child = ::fork();
    if (child == 0) {
      ::alarm(60);  // kills a child that hangs, which fails the test
      ::_exit(prometheus_text().empty() ? 1 : 0);
    }
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST(status == 0);
  }
  done = true;
  reader.join();
}

BOOST_AUTO_TEST_CASE(the_content_type) {
  BOOST_TEST(prometheus_content_type == "text/plain; version=0.0.4; charset=utf-8");
}

// Several readers scrape while timers of one name are made, run and destroyed. Every text is
// complete, and for each reader no series ever falls or exceeds the true count.
BOOST_AUTO_TEST_CASE(several_readers_while_timers_come_and_go) {
  const PrometheusCollector collector;
  ThreadPerfTimer stays{"busy one", quiet};
  std::atomic<bool> done{false};
  std::atomic<int> fallen{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      double before = 0;
      while (!done) {
        double now = 0;
        for (const auto& family : collector.Collect()) {
          if (family.name != "perf_timer_runs_total") continue;
          for (const auto& metric : family.metric) now += metric.counter.value;
        }
        if (now < before) ++fallen;
        before = now;
      }
    });
  }
  for (int turn = 0; turn < 300; ++turn) {
    ThreadPerfTimer passing{"busy one", quiet};
    for (int run = 0; run < 20; ++run) {
      stays.observe(1us);
      passing.observe(2us);
    }
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  BOOST_TEST(fallen == 0);
  const double runs = Exposition{prometheus_text()}.value("perf_timer_runs_total", {});
  BOOST_TEST(runs >= 300 * 20);
  BOOST_TEST(runs <= 300 * 40);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
