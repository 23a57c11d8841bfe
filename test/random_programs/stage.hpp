//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/error_code.hpp"
#include "random_programs/ledger.hpp"
#include "random_programs/probe_executor.hpp"
#include "random_programs/program.hpp"

#include <boost/asio/experimental/channel.hpp>

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace perf_timer::test::random_programs {

using TypedExecutor = PerfExecutor<ProbeExecutor, ProgramClock>;

/// The exception that programs throw and expect.
struct ProgramError {};

/// How a program runs. All that it observes is the same in each.
enum class Library : std::uint8_t {
  measures,
  is_switched_off,  ///< its timers are
  is_left_out,      ///< nothing is instrumented, wrapped, decorated, measured or started
};

/// An executor, and what the ledger knows about it.
struct Scene {
  asio::any_io_executor executor;
  // What `executor` holds; one of them, unless it is a type of its own. Without the library, it is
  // the second where it would be the first.
  std::optional<TypedExecutor> typed;
  std::optional<ProbeExecutor> bare;
  Executor about;
  /// Scenes whose executors have the same type in every program; only these are compared.
  int kind = 0;
};

/// Where programs run: a context, its executors, a clock that advances when nothing else can run,
/// and the channels and events between coroutines.
class Stage {
 public:
  /// `somebodys`: strands are made of somebody's executors around the instrumented ones.
  explicit Stage(Library library, bool somebodys = false);

  [[nodiscard]] Library library() const { return library_; }
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
  /// Notes to which of the latest scenes' executors this one's is equal.
  void compare(const Scene& scene);

  void wait(int event, std::unique_ptr<Waiter> waiter);
  void wake(int event);
  /// A new strand, of an executor of any type.
  [[nodiscard]] Scene strand_of(const asio::any_io_executor& executor);
  /// The context's own executor, which isn't instrumented, and unknown to the ledger.
  [[nodiscard]] asio::any_io_executor bottom() { return context_->get_executor(); }
  [[nodiscard]] asio::any_io_executor event_executor() { return scene(Place::context).executor; }

  using Channel = asio::experimental::channel<asio::any_io_executor, void(asio::error_code, int)>;
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
  int poll_one();
  [[nodiscard]] bool is_left_out() const { return library_ == Library::is_left_out; }
  [[nodiscard]] Scene instrumented(const asio::any_io_executor& inner);
  [[nodiscard]] Scene never_blocking(const asio::any_io_executor& inner);
  [[nodiscard]] Scene own_task(const asio::any_io_executor& inner);
  [[nodiscard]] Scene shared_task(const asio::any_io_executor& inner);
  [[nodiscard]] Scene wrapped(const asio::any_io_executor& inner, WrapAccount& wrap);

  const Library library_;
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
  std::optional<asio::any_io_executor> erased_strand_, erased_strand_of_strand_,
      erased_strand_of_again_;
  StrandAccount& erased_ = ledger_.strand();  // of two: one executes inside the other
  StrandAccount& erased_of_again_ = ledger_.strand(&erased_);
  TaskAccount& shared_ = ledger_.task();
  std::optional<Scene> never_blocking_;  // told long before it is used
  std::optional<Scene> shared_task_;
  std::deque<Scene> compared_;
  std::multimap<Time, Sleep*> sleeps_;
  std::array<std::vector<std::unique_ptr<Waiter>>, 2> waiters_;
  std::optional<std::array<Channel, 2>> channels_;
};

}  // namespace perf_timer::test::random_programs
