//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "stall_teller.hpp"

#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/live/last_stalls.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/terminal.hpp>
#include <perf_timer/detail/report/text_stream.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

void write_to_standard_error(const Stall& stall) {
  TextStream text;
  text << "perf_timer: " << stall << '\n';
  write_all(standard_error, std::move(text).str());
}

}  // namespace

StallTeller::StallTeller(const StallDetector& detector, std::function<void(const Stall&)> sink)
    : detector_(detector), sink_(std::move(sink)), thread_([this] { tell_all(); }) {}

StallTeller::~StallTeller() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  more_.notify_one();
  thread_.join();
}

void StallTeller::tell(std::vector<StallDetector::Told> stalls) {
  if (stalls.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    std::ranges::move(stalls, std::back_inserter(stalls_));
    waiting_ = stalls_.size();
  }
  more_.notify_one();
}

void StallTeller::tell_all() noexcept {
  names_since_ = steady_now();
  try {
    detector_.prepare();
  } catch (...) {  // no memory; then the first stall is told late
  }
  names_since_ = Telling::never;
  std::unique_lock lock(mutex_);
  for (;;) {
    more_.wait(lock, [this] { return is_over_ || !stalls_.empty(); });
    if (stalls_.empty()) return;
    StallDetector::Told told = std::move(stalls_.front());
    stalls_.pop_front();
    waiting_ = stalls_.size();
    lock.unlock();
    tell(told);
    lock.lock();
  }
}

void StallTeller::tell(StallDetector::Told& told) noexcept {
  names_since_ = steady_now();
  try {
    detector_.name_frames(told.stall);
  } catch (...) {  // no memory; addresses say something, too
  }
  const auto reached = [&] {
    reached_ = std::max<std::uint64_t>(reached_, told.step);  // it may be an older one's end
    names_since_ = Telling::never;
  };
  try {
    keep_stall(told.stall);
  } catch (...) {  // no memory; the sink may need none
  }
  try {
    if (sink_) {
      reached();
      sink_(told.stall);
    } else {
      write_to_standard_error(told.stall);
    }
  } catch (...) {  // the next stall may do better
  }
  reached();
}

}  // namespace perf_timer::inline v0_1::detail
