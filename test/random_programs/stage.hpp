//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/ledger.hpp"
#include "random_programs/probe_executor.hpp"
#include "random_programs/program.hpp"

#include <boost/asio/experimental/channel.hpp>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace perf_timer::test::random_programs {

using TypedExecutor = PerfExecutor<ProbeExecutor, ManualClock>;

/// The exception that programs throw and expect.
struct ProgramError {};

/// An executor, and what the ledger knows about it.
struct Scene {
  asio::any_io_executor executor;
  std::optional<TypedExecutor> typed;  // unless it is another one
  Executor about;
};

/// Where programs run: a context, its executors, a clock that advances when nothing else can run,
/// and the channels and events between coroutines.
class Stage {
 public:
  Stage();

  [[nodiscard]] Ledger& ledger() { return ledger_; }
  /// Not for `Place::own`.
  [[nodiscard]] Scene scene(Place place);

  /// A wait that the stage ends when its time has come. It waits for `timer`, which never expires
  /// by itself.
  class Sleep {
   public:
    Sleep(Stage& stage, int ticks, std::function<void()> end);
    Sleep(const Sleep&) = delete;
    ~Sleep();
    [[nodiscard]] bool over() const { return over_; }

   private:
    friend Stage;
    Stage& stage_;
    std::function<void()> end_;
    std::multimap<Time, Sleep*>::iterator place_;
    bool over_ = false;
  };

  /// Waits for an event, and resumes late: see `wait`.
  class Waiter {
   public:
    explicit Waiter(Actor& woken) : actor(woken) {}
    virtual ~Waiter() = default;
    virtual void wake() = 0;
    Actor& actor;
  };
  void wait(int event, std::unique_ptr<Waiter> waiter);
  void wake(int event);
  [[nodiscard]] asio::any_io_executor event_executor() { return scene(Place::context).executor; }

  using Channel =
      asio::experimental::channel<asio::any_io_executor, void(boost::system::error_code, int)>;
  [[nodiscard]] Channel& channel(int n) { return channels_->at(static_cast<std::size_t>(n % 2)); }

  /// The objects that coroutines refer to.
  void keep(std::shared_ptr<void> object) { kept_ = std::move(object); }

  /// Runs until everything that is left waits forever.
  void run();
  /// Wakes everything that waits for a channel with an error.
  void close_channels();
  [[nodiscard]] bool channels_closed() const { return channels_closed_; }
  /// Destroys the context with everything that still waits.
  void destroy();

 private:
  bool step();

  bool channels_closed_ = false;
  Ledger ledger_;
  std::shared_ptr<void> kept_;
  std::optional<asio::io_context> context_{std::in_place};
  std::optional<asio::strand<asio::any_io_executor>> strand_a_, strand_b_, plain_strand_;
  WrapAccount& wrap_ = ledger_.wrap();
  WrapAccount& wrap_strand_ = ledger_.wrap();
  WrapAccount& wrap_inside_ = ledger_.wrap();
  std::optional<asio::any_io_executor> strand_of_instrumented_, strand_of_strand_,
      strand_of_wrapped_;
  TaskAccount& shared_ = ledger_.task();
  std::optional<TypedExecutor> shared_task_;
  std::multimap<Time, Sleep*> sleeps_;
  std::array<std::vector<std::unique_ptr<Waiter>>, 2> waiters_;
  std::optional<std::array<Channel, 2>> channels_;
};

}  // namespace perf_timer::test::random_programs
