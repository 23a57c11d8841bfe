//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Every row once for callgrind: counts begin after a warm-up, and are dumped with the row's name.
// `instructions.py` compares them with their bounds. In a tracked program, they are the rows that
// don't use the library, which then measures their operations.
// Usage: cost_rows [part of a name]
#include <perf_timer/detail/platform/asio.hpp>

#include "../../../bench/rows/all.hpp"

#include <valgrind/callgrind.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

constexpr int warm_up = 4096, counted = 4096;

#if PERF_TIMER_ASIO_IS_TRACKED
constexpr bool is_tracked = true;
#else
constexpr bool is_tracked = false;
#endif

class Loop {
 public:
  explicit Loop(const std::string& name) : name_(name) {}

  bool KeepRunning() {
    if (++done_ == warm_up) CALLGRIND_ZERO_STATS;
    if (done_ < warm_up + counted) return true;
    CALLGRIND_DUMP_STATS_AT(name_.c_str());
    return false;
  }

 private:
  const std::string& name_;
  int done_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view wanted = argc > 1 ? argv[1] : "";
  std::printf("turns: %d\n", counted);
  // What a watch's thread executes depends on when it wakes, so it never does.
  perf_timer::rows::longer_than = std::chrono::hours{1};
  perf_timer::rows::for_each_row([&](const std::string& name, const auto& row) {
    if (name.find(wanted) == name.npos) return;
    if constexpr (is_tracked) {
      if (!name.ends_with("/plain")) return;
      const std::string tracked = "tracked/" + name.substr(0, name.rfind('/'));
      std::printf("%s beside %s\n", tracked.c_str(), name.c_str());
      Loop loop(tracked);
      row(loop);
    } else {
      std::printf("%s beside %s\n", name.c_str(), perf_timer::rows::compared_with(name).c_str());
      Loop loop(name);
      row(loop);
    }
  });
}
