//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/stage.hpp"

#include <cstddef>
#include <memory>
#include <new>
#include <optional>

namespace perf_timer::test::random_programs {

/// A measured scope, or nothing if the library is left out. The run is inside of this object, so
/// that it is on the stack if this is.
class MaybeRun {
 public:
  MaybeRun(RunAccount& account, Library library) {
    if (library != Library::is_left_out) run_ = new (memory_) Run(account.timer.measure());
  }
  MaybeRun(const MaybeRun&) = delete;
  MaybeRun& operator=(const MaybeRun&) = delete;
  ~MaybeRun() {
    if (run_) std::destroy_at(run_);
  }

  void stop() {
    if (run_) run_->stop();
  }
  void cancel() {
    if (run_) run_->cancel();
  }

 private:
  using Run = BasicAsioPerfTimer<ProgramClock>::Run;

  alignas(Run) std::byte memory_[sizeof(Run)];
  Run* run_ = nullptr;
};

/// A started run, or nothing if the library is left out. It tells the ledger of its end, which may
/// be its destruction.
class MaybeStartedRun {
 public:
  MaybeStartedRun(Ledger& ledger, RunAccount& account, Library library)
      : ledger_(ledger), account_(account) {
    if (library != Library::is_left_out) run_.emplace(account.timer.start());
  }
  MaybeStartedRun(const MaybeStartedRun&) = delete;
  MaybeStartedRun& operator=(const MaybeStartedRun&) = delete;
  ~MaybeStartedRun() {
    if (account_.open()) ledger_.abandon(account_);
  }

  [[nodiscard]] bool measures() const { return run_.has_value(); }
  template <class Executor>
  [[nodiscard]] auto wrap(const Executor& executor) const {
    return run_->wrap(executor);
  }

  /// Has no effect the second time.
  void end(RunAccount::End end) {
    if (!account_.open()) return;
    if (run_) end == RunAccount::End::failed ? run_->fail() : run_->stop();
    ledger_.stop(account_, end);
  }

 private:
  Ledger& ledger_;
  RunAccount& account_;
  std::optional<BasicAsioPerfTimer<ProgramClock>::StartedRun> run_;
};

}  // namespace perf_timer::test::random_programs
