//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/last_stalls.hpp>
#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/report/text_stream.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Nobody allocates or frees while he has the lock, so that no fork waits for memory.
struct Kept {
  std::mutex mutex;
  std::array<std::shared_ptr<const ToldStall>, most_last_stalls> stalls;  // guarded by `mutex`
  std::size_t told = 0;  // likewise; the latest is before the place of this number
};

Kept& kept();

void lock_kept() { kept().mutex.lock(); }
void unlock_kept() { kept().mutex.unlock(); }

Kept& kept() {
  // Never destroyed, because a watch may tell late.
  static Kept* const immortal = [] {
    at_fork(lock_kept, unlock_kept, unlock_kept);
    return new Kept;
  }();
  return *immortal;
}

}  // namespace

void keep_stall(const Stall& stall) {
  TextStream text;
  text << stall;
  auto told = std::make_shared<const ToldStall>(
      ToldStall{std::chrono::system_clock::now(), std::move(text).str()});
  const std::lock_guard lock(kept().mutex);
  kept().stalls[kept().told++ % most_last_stalls].swap(told);
}

std::vector<ToldStall> last_stalls() {
  std::array<std::shared_ptr<const ToldStall>, most_last_stalls> stalls;
  std::size_t told = 0;
  {
    const std::lock_guard lock(kept().mutex);
    stalls = kept().stalls;
    told = kept().told;
  }
  std::vector<ToldStall> result;
  for (std::size_t i = 0; i < std::min(told, most_last_stalls); ++i)
    result.push_back(*stalls[(told - 1 - i) % most_last_stalls]);
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
