//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "trace_file.hpp"

#include "common/manual_clock.hpp"
#include "common/temporary_directory.hpp"

#include <perf_timer/flight_recorder.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

using namespace std::chrono_literals;

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A flight recorder of the manual clock, with a directory of its own.
class Flight {
 public:
  [[nodiscard]] FlightRecorderOptions options() {
    return {.memory = 1 << 20,
            .directory = directory_.path(),
            .slower_than = 300ns,
            .pause = 0ns,
            .sink = [this](const SavedFlight& saved) { told(saved); }};
  }

  void begin(FlightRecorderOptions options) {
    recorder_.reset();
    recorder_.emplace(std::move(options));
  }
  void begin() { begin(options()); }
  /// Waits until all that is due has been saved.
  void end() { recorder_.reset(); }

  [[nodiscard]] FlightRecorder& recorder() { return recorder_->recorder; }
  [[nodiscard]] const TemporaryDirectory& directory() const { return directory_; }

  /// Waits until so many files have been told of, and returns the last of them.
  SavedFlight wait(std::size_t number = 1) {
    std::unique_lock lock(mutex_);
    constexpr auto for_ever = 30s;  // then nothing will be told
    BOOST_REQUIRE(told_.wait_for(lock, for_ever, [&] { return saved_.size() >= number; }));
    return saved_[number - 1];
  }
  /// The same, read.
  TraceFile file(std::size_t number = 1) {
    const SavedFlight saved = wait(number);
    BOOST_TEST(!saved.error);
    return TraceFile(text_of(saved.file));
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  struct OfManualClock {
    explicit OfManualClock(FlightRecorderOptions options)
        : recorder(FlightRecorder::with_clock<ManualClock>(std::move(options))) {}
    FlightRecorder recorder;
  };

  void told(const SavedFlight& saved) {
    {
      const std::lock_guard lock(mutex_);
      saved_.push_back(saved);
    }
    told_.notify_all();
  }

  const TemporaryDirectory directory_;
  std::mutex mutex_;
  std::vector<SavedFlight> saved_;
  std::condition_variable told_;
  std::optional<OfManualClock> recorder_;  // last, because its thread tells
};

inline void check_contains(const std::vector<std::string>& found, std::string_view row) {
  BOOST_TEST_CONTEXT(row) {
    const bool is_there = std::find(found.begin(), found.end(), row) != found.end();
    BOOST_TEST(is_there);
    if (!is_there)
      for (const auto& other : found) BOOST_TEST_MESSAGE(other);
  }
}

}  // namespace perf_timer::test
