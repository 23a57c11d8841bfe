//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Child processes call std::exit in a handler while a flight recorder saves, and other threads
// measure with static timers. Each child must end with 0, and leave whole files.
#include "common/child_process.hpp"
#include "common/long_mode.hpp"
#include "common/temporary_directory.hpp"

#include <perf_timer.hpp>
#include <perf_timer/flight_recorder.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

#include <unistd.h>

namespace asio = boost::asio;
using namespace perf_timer;

namespace {

const TimerOptions quiet{.log = [](std::string_view) {}};
AsioPerfTimer request{"request", quiet};

AsioPerfTimer& reply() {
  static AsioPerfTimer in_a_function{"reply", quiet};
  return in_a_function;
}

enum class Recorder { destroyed_before_a_timer, destroyed_after_a_timer, never_destroyed };

FlightRecorderOptions options(const std::filesystem::path& directory) {
  return {.memory = 256 << 10,
          .directory = directory,
          .keep = 2,
          .slower_than = std::chrono::microseconds(1),
          .pause = std::chrono::nanoseconds(0),
          .sink = [](const SavedFlight&) {}};
}

FlightRecorder& start_recorder(Recorder which, const std::filesystem::path& directory) {
  if (which == Recorder::never_destroyed) return *new FlightRecorder(options(directory));
  if (which == Recorder::destroyed_before_a_timer) static_cast<void>(reply());
  static FlightRecorder recorder(options(directory));
  return recorder;
}

asio::awaitable<void> session() {
  for (;;) {
    const auto run = request.measure();
    co_await asio::post(asio::use_awaitable);
    const auto replied = reply().measure();
    co_await asio::post(asio::use_awaitable);
  }
}

[[noreturn]] void record_and_exit(Recorder which, const std::filesystem::path& directory) {
  FlightRecorder& recorder = start_recorder(which, directory);
  static asio::io_context& context = *new asio::io_context;
  for (int i = 0; i < 4; ++i) asio::co_spawn(instrument(context), session(), asio::detached);
  for (int i = 0; i < 2; ++i) std::thread([] { context.run(); }).detach();
  while (std::filesystem::is_empty(directory)) std::this_thread::yield();
  asio::post(context, [&] {
    recorder.save("exit");
    std::exit(0);
  });
  for (;;) ::pause();
}

/// Returns what is wrong with the end of a child; nothing if it is right.
std::string wrong_with(const test::ChildEnd& end, Recorder which,
                       const std::filesystem::path& directory) {
  if (end.status != 0) return "status " + std::to_string(end.status);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".json") {
      if (which == Recorder::never_destroyed) continue;
      return "left " + entry.path().string();
    }
    ++files;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!text.ends_with("\n]}\n")) return "half a file";
  }
  if (which != Recorder::never_destroyed && (files == 0 || files > 2))
    return std::to_string(files) + " files";
  return {};
}

}  // namespace

int main() {
  const std::uint64_t children = test::scaled(30);
  unsigned wrong = 0;
  for (std::uint64_t i = 0; i < children; ++i) {
    const auto which = static_cast<Recorder>(i % 3);
    const test::TemporaryDirectory directory;
    const auto what = wrong_with(test::run_child([&] { record_and_exit(which, directory.path()); }),
                                 which, directory.path());
    if (what.empty()) continue;
    ++wrong;
    std::cout << "child " << i << ": " << what << '\n';
  }
  if (wrong != 0) std::cout << wrong << " of " << children << " children\n";
  std::cout << std::flush;
  std::_Exit(wrong == 0 ? 0 : 1);  // the parent has nothing to report
}
