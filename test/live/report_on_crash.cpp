//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer.hpp>
#include <perf_timer/report_on_crash.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "common/child_process.hpp"
#include "common/temporary_directory.hpp"

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Crash {
  int status = 0;
  std::string report;
};

/// A program with a timer that is never destroyed. It asks for a report on a crash, and calls
/// `crash`.
Crash crashing(const std::function<void()>& crash, Observer observer = HistogramObserver{},
               std::chrono::milliseconds patience = 10s) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  const auto end = run_child([&] {
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
      std::signal(number, SIG_DFL);
    std::set_terminate([] { std::abort(); });  // instead of the handler of Boost.Test
    auto* const timer = new AsioPerfTimer{"GET /", {.observer = std::move(observer)}};
    timer->observe(5us);
    report_on_crash({.file = file, .patience = patience});
    crash();
  });
  return {end.status, std::filesystem::exists(file) ? content(file) : "none"};
}

BOOST_AUTO_TEST_SUITE(report_on_crash_, *boost::unit_test::timeout(60))

BOOST_AUTO_TEST_CASE(what_a_process_dies_of_is_what_it_would_have_died_of) {
  const struct {
    const char* name;
    int signal_number;
    std::function<void()> crash;
  } rows[] = {
      {"abort", SIGABRT, [] { std::abort(); }},
      {"nobody catches it", SIGABRT,
       [] { std::thread([] { throw std::runtime_error("x"); }).join(); }},
      {"a segmentation fault", SIGSEGV, [] { std::raise(SIGSEGV); }},
      {"on another thread", SIGSEGV, [] { std::thread([] { std::raise(SIGSEGV); }).join(); }},
      {"a bus error", SIGBUS, [] { std::raise(SIGBUS); }},
      {"a division by zero", SIGFPE, [] { std::raise(SIGFPE); }},
      {"no instruction", SIGILL, [] { __builtin_trap(); }},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      const auto [status, report] = crashing(row.crash);
      BOOST_TEST(WIFSIGNALED(status));
      BOOST_TEST(WTERMSIG(status) == row.signal_number);
      BOOST_TEST(report.find("GET /") != report.npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(several_threads_crash_at_once) {
  const auto [status, report] = crashing([] {
    std::array<std::jthread, 4> threads;
    for (auto& thread : threads) thread = std::jthread([] { std::raise(SIGSEGV); });
  });
  BOOST_TEST(WTERMSIG(status) == SIGSEGV);
  BOOST_TEST(report.find("GET /") != report.npos);
}

BOOST_AUTO_TEST_CASE(a_report_that_gets_stuck_does_not_keep_the_process) {
  struct Stuck : ObserverState {
    void add(std::span<const std::chrono::nanoseconds>) override {}
    DurationSummary summary() const override {
      for (;;) ::pause();
    }
  };
  struct Observer {
    std::unique_ptr<ObserverState> make_state() const { return std::make_unique<Stuck>(); }
  };
  const auto [status, report] = crashing([] { std::abort(); }, Observer{}, 1ms);
  BOOST_TEST(WTERMSIG(status) == SIGABRT);
  BOOST_TEST(report == "none");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written) {
  const auto end = run_child([] {
    std::signal(SIGSEGV, SIG_DFL);
    report_on_crash({.file = "/nonexistent/report.txt"});
    std::raise(SIGSEGV);
  });
  BOOST_TEST(WTERMSIG(end.status) == SIGSEGV);
}

BOOST_AUTO_TEST_CASE(a_child_dies_at_once) {
  const auto [status, report] = crashing([] {
    const pid_t child = ::fork();
    if (child == 0) std::raise(SIGSEGV);
    int child_status = 0;
    ::waitpid(child, &child_status, 0);
    std::exit(WIFSIGNALED(child_status) ? WTERMSIG(child_status) : 0);
  });
  BOOST_TEST(WEXITSTATUS(status) == SIGSEGV);
  BOOST_TEST(report == "none");
}

BOOST_AUTO_TEST_CASE(wrong_use) {
  BOOST_TEST(output_of_child([] {
               try {
                 report_on_crash({.patience = -1ms});
               } catch (const std::invalid_argument&) {
                 std::printf("negative, ");
               }
               report_on_crash();
               try {
                 report_on_crash();
               } catch (const std::logic_error&) {
                 std::printf("twice");
               }
             }) == "negative, twice");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
