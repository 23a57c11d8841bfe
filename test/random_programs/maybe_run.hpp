//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/stage.hpp"

#include <cstddef>
#include <memory>
#include <new>

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
  using Run = BasicAsioPerfTimer<ManualClock>::Run;

  alignas(Run) std::byte memory_[sizeof(Run)];
  Run* run_ = nullptr;
};

}  // namespace perf_timer::test::random_programs
