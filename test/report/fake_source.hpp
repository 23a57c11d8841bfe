//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/registry.hpp>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

namespace test {

/// A timer as the registry sees it. When it is called, it does what the test says.
class FakeSource final : public perf_timer::detail::ReportSource {
 public:
  FakeSource(perf_timer::detail::Registry& registry, std::string name) : registry_{registry} {
    snapshot_.name = std::move(name);
    snapshot_.runs = 1;
    registry_.add(*this);
  }

  ~FakeSource() {
    registry_.remove(*this);
    alive_ = false;
  }

  std::function<void()> on_snapshot;  // set it before another thread can call
  std::function<void()> on_report;

  [[nodiscard]] int reports() const {
    const std::lock_guard lock{mutex_};
    return reports_;
  }

  [[nodiscard]] perf_timer::TimerSnapshot snapshot() const override {
    if (!alive_) std::abort();  // ASan and TSan see it earlier
    if (on_snapshot) on_snapshot();
    return snapshot_;
  }

  [[nodiscard]] std::uint64_t serial() const noexcept override { return 1; }

  [[nodiscard]] perf_timer::TimerSnapshot snapshot_since(
      const perf_timer::detail::Recorded&, perf_timer::detail::Recorded&) const override {
    return snapshot();
  }

  void report_once() noexcept override {
    {
      const std::lock_guard lock{mutex_};
      if (reports_++ > 0) return;
    }
    // The function may destroy this object, so nothing uses the object afterwards.
    if (auto function = on_report) function();
  }

 private:
  perf_timer::detail::Registry& registry_;
  perf_timer::TimerSnapshot snapshot_;
  mutable std::mutex mutex_;
  int reports_ = 0;
  bool alive_ = true;
};

}  // namespace test
