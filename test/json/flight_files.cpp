//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How long a flight recorder lives, what it is asked for, its files, and what can go wrong.
#include "flight.hpp"

#include "common/child_process.hpp"
#include "common/fork_safety.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <perf_timer.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>

#include <boost/asio/post.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#if PERF_TIMER_TEST_FORKS
#include <sys/resource.h>
#endif

namespace perf_timer::test {
namespace {

namespace fs = std::filesystem;

#if PERF_TIMER_TEST_FORKS
/// While it lives, no file can be longer.
class ShortFiles {
 public:
  explicit ShortFiles(::rlim_t most) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const ::rlimit limit{most, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ShortFiles(const ShortFiles&) = delete;
  ShortFiles& operator=(const ShortFiles&) = delete;
  ~ShortFiles() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*const handler_)(int);
  ::rlimit before_{};
};
#endif

}  // namespace

BOOST_FIXTURE_TEST_SUITE(flight_files, Flight)

BOOST_AUTO_TEST_CASE(whoever_asks_gets_a_file_with_the_reason) {
  QuietTimer<ManualClock> request("request");
  asio::io_context context;
  begin();
  asio::post(instrument<ManualClock>(context), [&] {
    const auto one = request.measure();
    compute<ManualClock>(100);
    recorder().save("thread 7 is \"stuck\"\n in nanosleep");
    const auto read = file();
    check_rows(read.reasons(), {"thread 7 is \"stuck\"\n in nanosleep"});
    check_rows(read.slices("threads", {"open"}), {"0-100 request open=1000"});
    BOOST_TEST(read.marked().empty());
  });
  context.run();
}

BOOST_AUTO_TEST_CASE(reasons_that_come_while_a_file_is_written_share_the_next) {
  auto with = options();
  bool first = true;
  with.sink = [&, tell = with.sink](const SavedFlight& saved) {
    if (std::exchange(first, false))
      for (int i = 0; i < 20; ++i) recorder().save(std::to_string(i));
    tell(saved);
  };
  begin(with);
  recorder().save("first");
  const auto reasons = wait(2).reasons;
  BOOST_TEST(reasons.size() == 16u);
  BOOST_TEST(reasons.front() == "0");
  BOOST_TEST(reasons.back() == "15");
  end();
  BOOST_TEST(names().size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_due_at_the_end_is_saved) {
  begin();
  recorder().save("last");
  end();
  BOOST_TEST(wait().reasons.at(0) == "last");
  BOOST_TEST(names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(so_many_files_are_kept_and_those_of_others_stay) {
  std::vector<std::string> others{"flight-1.trace.json", "other.json"};
  for (const auto& name : others) std::ofstream(directory() / name.c_str()) << "not yours";
  begin();  // an earlier recorder
  recorder().save("earlier");
  others.push_back(wait().file.filename().string());

  auto with = options();
  with.keep = 2;
  begin(with);
  std::vector<std::string> expected = others;
  for (std::size_t i = 2; i <= 5; ++i) {
    recorder().save("again");
    const auto saved = wait(i);
    BOOST_TEST(fs::exists(saved.file));
    if (i > 3) expected.push_back(saved.file.filename().string());
  }
  end();
  std::sort(expected.begin(), expected.end());
  BOOST_TEST(names() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_file_that_somebody_took_away_is_not_missed) {
  auto with = options();
  with.keep = 1;
  begin(with);
  recorder().save("one");
  fs::remove(wait().file);
  recorder().save("another");
  BOOST_TEST(fs::exists(wait(2).file));
}

BOOST_AUTO_TEST_CASE(a_directory_that_goes_is_told_and_not_thrown) {
  Flight other;
  begin();
  const fs::path away = other.directory() / "away";
  fs::rename(directory().path(), away);
  recorder().save("first");
  const auto failed = wait();
  BOOST_TEST((failed.error == std::errc::no_such_file_or_directory));
  BOOST_TEST(!fs::exists(failed.file));
  std::ostringstream told;
  told << failed;
  BOOST_TEST(told.str() == "can't save the trace " + failed.file.string() +
                               ": No such file or directory\n  first");
  fs::rename(away, directory().path());
  recorder().save("second");
  BOOST_TEST(wait(2).failed_before == 1u);
  BOOST_TEST(file(2).flight().at("failed_files_before").to_number<int>() == 1);
  recorder().save("third");
  BOOST_TEST(wait(3).failed_before == 0u);
}

#if PERF_TIMER_TEST_FORKS
BOOST_AUTO_TEST_CASE(a_file_that_does_not_fit_is_told_and_leaves_nothing) {
  BasicThreadPerfTimer<ManualClock> timer("timer", {.log = [](std::string_view) {}});
  begin();
  for (int i = 0; i < 1000; ++i) const auto run = timer.measure();
  {
    const auto slow = timer.measure();
    compute<ManualClock>(400);
    const ShortFiles full(4096);
    recorder().save("on a full disk");
    BOOST_TEST(wait().error.value() == EFBIG);
    BOOST_TEST(names().empty());
    recorder().save("still full");
    BOOST_TEST(wait(2).failed_before == 1u);
    compute<ManualClock>(1);
  }
  BOOST_TEST(wait(3).failed_before == 2u);
  BOOST_TEST(wait(3).slow_runs_before == 0u);  // it has a file of its own
  end();
  BOOST_TEST(names().size() == 1u);
}
#endif

BOOST_AUTO_TEST_CASE(what_was_slow_and_could_not_be_saved_is_counted) {
  Flight other;
  BasicThreadPerfTimer<ManualClock> timer("timer", {.log = [](std::string_view) {}});
  begin();
  const fs::path away = other.directory() / "away";
  fs::rename(directory().path(), away);
  {
    const auto slow = timer.measure();
    compute<ManualClock>(400);
  }
  BOOST_TEST(bool(wait().error));
  fs::rename(away, directory().path());
  recorder().save("asked");
  BOOST_TEST(wait(2).slow_runs_before == 1u);
}

BOOST_AUTO_TEST_CASE(a_sink_may_throw) {
  auto with = options();
  with.sink = [tell = with.sink](const SavedFlight& saved) {
    tell(saved);
    throw std::runtime_error("thrown");
  };
  begin(with);
  recorder().save("first");
  wait();
  recorder().save("second");
  BOOST_TEST(wait(2).reasons.at(0) == "second");
}

BOOST_AUTO_TEST_CASE(options_that_make_no_sense_are_told_at_once) {
  const auto told = [&](auto change) -> std::string {
    auto with = options();
    change(with);
    try {
      begin(with);
    } catch (const std::invalid_argument& error) {
      return error.what();
    } catch (const fs::filesystem_error& error) {
      return error.code().message();
    }
    return "nothing";
  };
  using Options = FlightRecorderOptions;
  BOOST_TEST(told([](Options&) {}) == "nothing");
  BOOST_TEST(told([](Options& o) { o.memory = 65535; }) ==
             "FlightRecorder: .memory is 65535, which is too little for a trace; give 65536 or "
             "more");
  BOOST_TEST(told([](Options& o) { o.directory.clear(); }) ==
             "FlightRecorder: .directory is empty; say where the files shall be");
  BOOST_TEST(told([](Options& o) { o.keep = 0; }) ==
             "FlightRecorder: .keep is 0; at least one file must stay");
  BOOST_TEST(told([](Options& o) { o.slower_than = 0ns; }) ==
             "FlightRecorder: .slower_than is 0 ns; give more than 0, or nanoseconds::max() to "
             "save only when asked");
  BOOST_TEST(told([](Options& o) { o.pause = -1ns; }) ==
             "FlightRecorder: .pause is -1 ns; give 0 or more");
  BOOST_TEST(told([](Options& o) { o.directory /= "missing"; }) == "No such file or directory");
#if PERF_TIMER_TEST_FORKS
  BOOST_TEST(told([](Options& o) { o.directory = "/dev/null"; }) == "Not a directory");
  BOOST_TEST(told([](Options& o) { o.directory = "/proc"; }) != "nothing");
#endif
  BOOST_TEST(!tracing());
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(a_relative_directory_stays_where_it_was) {
  const fs::path before = fs::current_path();
  auto with = options();
  fs::current_path(directory().path());
  with.directory = ".";
  begin(with);
  fs::current_path(before);
  recorder().save("elsewhere");
  BOOST_TEST(fs::exists(wait().file));
  BOOST_TEST(names().size() == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_threshold_nothing_is_slow) {
  BasicThreadPerfTimer<ManualClock> timer("timer", {.log = [](std::string_view) {}});
  auto with = options();
  with.slower_than = std::chrono::nanoseconds::max();
  begin(with);
  {
    const auto run = timer.measure();
    compute<ManualClock>(1'000'000'000);
  }
  recorder().save("asked");
  check_rows(file().reasons(), {"asked"});
}

BOOST_AUTO_TEST_CASE(the_trace_is_the_recorders_as_long_as_it_lives) {
  BasicThreadPerfTimer<ManualClock> timer("timer", {.log = [](std::string_view) {}});
  const auto record_one = [&] { const auto run = timer.measure(); };
  start_trace<ManualClock>();
  BOOST_CHECK_THROW(begin(), std::logic_error);
  BOOST_TEST(tracing());
  stop_trace();

  begin();
  BOOST_CHECK_THROW(start_trace<ManualClock>(), std::logic_error);
  Flight other;
  BOOST_CHECK_THROW(other.begin(), std::logic_error);
  record_one();
  stop_trace();
  record_one();
  BOOST_TEST(TraceFile().slices("threads").size() == 2u);
  clear_trace();
  BOOST_TEST(TraceFile().slices("threads").size() == 2u);
  end();
  BOOST_TEST(!tracing());
  BOOST_TEST(TraceFile().slices("threads").empty());

  start_trace<ManualClock>();
  record_one();
  BOOST_TEST(TraceFile().slices("threads").size() == 1u);
  clear_trace();
}

#if PERF_TIMER_TEST_FORKS
BOOST_AUTO_TEST_CASE(a_forked_child_has_no_recorder_and_can_make_one,
                     *boost::unit_test::precondition(forks_safely) *
                         boost::unit_test::precondition(forks_beside_threads) *
                         boost::unit_test::enable_if<!detail::has_thread_sanitizer>()) {
  begin();
  const auto child = run_child([this] {
    recorder().save("in the child");
    bool right = !tracing();
    Flight own;
    own.begin();
    own.recorder().save("the child's");
    right = right && own.file().reasons().at(0) == "the child's";
    own.end();
    end();
    ::_exit(right ? 0 : 1);
  });
  BOOST_TEST(child.status == 0);
  BOOST_TEST(names().empty());
  recorder().save("in the parent");
  check_rows(file().reasons(), {"in the parent"});
}
#endif

BOOST_AUTO_TEST_CASE(many_threads_are_slow_while_files_are_written) {
  auto with = options();
  with.keep = 1'000'000;
  with.slower_than = 50ns;
  begin(with);
  constexpr int threads = 4;
  std::atomic<bool> over{false};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      while (!over) {
        QuietTimer<ManualClock> timer("timer");
        asio::io_context context;
        asio::post(timer.wrap(context), [&] {
          const auto run = timer.measure();
          compute<ManualClock>(60);
          std::this_thread::yield();
        });
        context.run();
      }
    });
  for (std::size_t i = 1; i <= 5; ++i) {
    static_cast<void>(file(i).marked());
    recorder().save("more");
  }
  over = true;
  for (auto& thread : all) thread.join();
  end();
  BOOST_TEST(names().size() >= 5u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace perf_timer::test
