//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A timer is destroyed at each point of a program that uses it. Nothing crashes, a new timer in the
// same place of the library's tables gets none of its runs, and in the end all memory is freed.
#include "common/optional_run.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = BasicAsioPerfTimer<Clock>;

/// Counts its states, which shows whether a record was freed.
struct CountedObserver {
  static inline std::atomic<int> alive = 0;

  class State final : public ObserverState {
   public:
    State() { ++alive; }
    ~State() override { --alive; }
    void add(std::span<const std::chrono::nanoseconds> samples) override {
      summary_.count += samples.size();
    }
    [[nodiscard]] DurationSummary summary() const override { return summary_; }

   private:
    DurationSummary summary_;
  };
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>();
  }
};

TimerOptions options(std::vector<std::string>& log) {
  return {.observer = CountedObserver{},
          .log = [&](std::string_view line) { log.emplace_back(line); }};
}

/// The timer, the number of points that the program has passed, and the point at which the timer is
/// destroyed.
class Stage {
 public:
  explicit Stage(int dies_at) : dies_at_(dies_at) {}

  void point() {
    if (points_++ != dies_at_) return;
    timer_.reset();
    others_.push_back(std::make_unique<Timer>("another", options(log_)));
  }
  /// What the program does with the timer while it exists.
  template <class Use>
  void use(Use action) {
    if (timer_) action(*timer_);
  }
  [[nodiscard]] asio::awaitable<void> decorated(asio::awaitable<void> awaitable) {
    return timer_ ? timer_->decorate(std::move(awaitable)) : std::move(awaitable);
  }

  [[nodiscard]] int points() const { return points_; }
  [[nodiscard]] bool died() const { return !timer_; }
  void check() const {
    for (const auto& other : others_) check_outcomes(*other, 0, 0, 0);
    BOOST_TEST(log_.size() <= 1u);
  }

  asio::io_context context;

 private:
  const int dies_at_;
  int points_ = 0;
  std::vector<std::string> log_;
  std::optional<Timer> timer_{std::in_place, "dies", options(log_)};
  std::vector<std::unique_ptr<Timer>> others_;
};

/// Measures the scope if there is a timer.
class Scope {
 public:
  explicit Scope(Stage& stage) {
    stage.use([this](Timer& timer) { run_.measure(timer); });
  }

 private:
  OptionalRun<Timer> run_;
};

using Program = std::function<void(Stage&)>;

void run_all(Stage& stage) {
  for (;;) {
    stage.context.restart();
    try {
      if (stage.context.run_one() == 0) return;
    } catch (const std::runtime_error&) {
    }
    stage.point();
  }
}

void handlers(Stage& stage) {
  std::optional<asio::any_io_executor> executor;
  stage.use([&](Timer& timer) { executor = timer.wrap(asio::make_strand(stage.context)); });
  stage.point();
  for (int i = 0; i < 3 && executor; ++i) {
    asio::post(*executor, [&stage, i, executor = *executor] {
      stage.point();
      asio::dispatch(executor, [&stage] { stage.point(); });
      if (i == 1) throw std::runtime_error("handler");
      asio::post(executor, [&stage] { stage.point(); });
    });
    stage.point();
  }
  run_all(stage);
}

void dropped_handlers(Stage& stage) {
  stage.use([&](Timer& timer) {
    const auto executor = timer.wrap(stage.context);
    asio::post(executor, [] {});
  });
  stage.point();
  stage.context.stop();
}

void scopes(Stage& stage) {
  {
    const Scope outer(stage);
    stage.point();
    const Scope inner(stage);
    stage.point();
    asio::post(instrument<Clock>(stage.context), [&] {
      const Scope in_a_step(stage);
      stage.point();
    });
    stage.point();
    run_all(stage);
  }
  stage.point();
}

void functions(Stage& stage) {
  std::function<void()> timed;
  stage.use([&](Timer& timer) { timed = timer.decorate([&] { stage.point(); }); });
  stage.point();
  if (timed) timed();
  stage.point();
  const auto copy = timed;
  timed = nullptr;
  stage.point();
  if (copy) copy();
}

asio::awaitable<void> sleeper(Stage& stage, bool throws = false) {
  const Scope scope(stage);
  stage.point();
  co_await nap(0);
  stage.point();
  if (throws) throw std::runtime_error("coroutine");
}

asio::awaitable<void> sleepers(Stage& stage) {
  using namespace asio::experimental::awaitable_operators;
  auto first = stage.decorated(sleeper(stage));
  stage.point();
  co_await std::move(first);
  stage.point();
  co_await (stage.decorated(sleeper(stage)) && sleeper(stage));
  co_await (stage.decorated(sleeper(stage)) || sleeper(stage));
  try {
    co_await stage.decorated(sleeper(stage, true));
  } catch (const std::runtime_error&) {
    stage.point();
  }
}

void coroutines(Stage& stage) {
  asio::co_spawn(instrument<Clock>(stage.context), sleepers(stage), asio::detached);
  run_all(stage);
}
void coroutines_of_a_task(Stage& stage) {
  asio::co_spawn(perf_timer::task<Clock>(stage.context), sleepers(stage), asio::detached);
  run_all(stage);
}
void coroutines_not_instrumented(Stage& stage) {
  asio::co_spawn(stage.context, sleepers(stage), asio::detached);
  run_all(stage);
}
void coroutines_wrapped(Stage& stage) {
  std::optional<asio::any_io_executor> executor = stage.context.get_executor();
  stage.use([&](Timer& timer) { executor = timer.wrap(stage.context); });
  stage.point();
  asio::co_spawn(*executor, sleepers(stage), asio::detached);
  executor.reset();
  run_all(stage);
}
void coroutines_never_resumed(Stage& stage) {
  asio::co_spawn(instrument<Clock>(stage.context), sleepers(stage), asio::detached);
  for (int i = 0; i < 2; ++i) {
    stage.context.run_one();
    stage.point();
  }
}

const struct {
  const char* name;
  Program run;
} programs[] = {
    {"handlers", handlers},
    {"dropped handlers", dropped_handlers},
    {"scopes", scopes},
    {"functions", functions},
    {"coroutines", coroutines},
    {"coroutines of a task", coroutines_of_a_task},
    {"coroutines, not instrumented", coroutines_not_instrumented},
    {"coroutines, wrapped", coroutines_wrapped},
    {"coroutines, never resumed", coroutines_never_resumed},
};

BOOST_AUTO_TEST_SUITE(timers_destroyed)

BOOST_AUTO_TEST_CASE(at_each_point_of_a_program) {
  for (const auto& program : programs) {
    bool passed_the_end = false;
    for (int dies_at = 0; !passed_the_end; ++dies_at) {
      BOOST_TEST_CONTEXT(program.name << ", at point " << dies_at) {
        Stage stage(dies_at);
        program.run(stage);
        stage.check();
        passed_the_end = !stage.died();
      }
    }
    const Timer occasion("occasion", {.log = [](std::string_view) {}});
    BOOST_TEST(CountedObserver::alive == 0, program.name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
