//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "faults/counting_new.hpp"
#include "faults/inline_world.hpp"

#include <memory>
#include <new>
#include <thread>

namespace perf_timer::test {

enum class Erased { no, yes };

/// The parts of a program in which allocations may fail. `n` counts over all of them.
class NoMemory {
 public:
  explicit NoMemory(std::int64_t n) : left_(n) {}

  /// Runs a part. An exception from a failed allocation ends it.
  template <class Part>
  void fails(Part part) {
    try {
      survives(part);
    } catch (const std::bad_alloc&) {
      if (!failed_) throw;
    }
  }

  /// The same for a part that contains others. The exception passes through.
  template <class Part>
  void survives(Part part) {
    if (failed_ || active_) return part();
    const Active here(*this);
    part();
  }

  template <class Part>
  void on_another_thread(Part part) {
    std::thread([&] { fails(part); }).join();
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  struct Active {
    explicit Active(NoMemory& memory) : all(memory), failing(memory.left_) { all.active_ = true; }
    Active(const Active&) = delete;
    Active& operator=(const Active&) = delete;
    ~Active() {
      all.left_ = FailingAllocation::left();
      all.failed_ = FailingAllocation::failed();
      all.active_ = false;
    }
    NoMemory& all;
    FailingAllocation failing;
  };

  std::int64_t left_;
  bool failed_ = false;
  bool active_ = false;
};

/// Runs the program with n = 0, 1, 2 and so on, until no allocation fails.
template <class Program>
void fail_each_allocation(Program program) {
  const auto once = [&](std::int64_t n) {
    NoMemory heap(n);
    BOOST_TEST_CONTEXT("allocation " << n << " fails") {
      program(heap);
      const Timer occasion;  // frees what is no longer used
      check_thread_is_clean();
    }
    return heap.failed();
  };
  once(1'000'000'000);  // allocates first what stays for good
  bool failed = true;
  std::int64_t n = 0;
  for (; failed; ++n) {
    BOOST_REQUIRE(n < 100'000);
    const HeapUse before = heap_use();
    failed = once(n);
    const auto more = heap_use().blocks - before.blocks;
    BOOST_TEST(more <= 0, "allocation " << n << " fails: " << more << " blocks leak");
  }
  BOOST_TEST(n > 1);
}

/// Checks that each of the `begun` runs is counted as something, and that each sample is `each`
/// ticks.
inline void check_account(const TimerBase& timer, std::uint64_t begun, std::int64_t each) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.runs + snapshot.failed + snapshot.lost + snapshot.dropped == begun);
    BOOST_TEST(snapshot.busy.count == snapshot.runs);
    BOOST_TEST(snapshot.busy.total.count() == static_cast<std::int64_t>(snapshot.runs) * each);
  }
}

/// The same for at most that many functions, as some may not have been submitted.
inline void check_ended(const TimerBase& timer, std::uint64_t most, std::int64_t each) {
  const auto snapshot = timer.snapshot();
  const auto ended = snapshot.runs + snapshot.failed + snapshot.lost + snapshot.dropped;
  BOOST_TEST(ended <= most);
  check_account(timer, ended, each);
}

}  // namespace perf_timer::test
