//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer.hpp>
#include <perf_timer/report_on_crash.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>

#include "common/child_process.hpp"
#include "common/hangs_after.hpp"
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
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT})
      std::signal(number, SIG_DFL);
    std::set_terminate([] { std::abort(); });  // instead of the handler of Boost.Test
    auto* const timer = new AsioPerfTimer{"GET /", {.observer = std::move(observer)}};
    timer->observe(5us);
    report_on_crash({.file = file, .patience = patience});
    crash();
  });
  return {end.status, std::filesystem::exists(file) ? content(file) : "none"};
}

/// Leaves out the lines that qemu-user adds to standard error when a signal ends a program.
std::string without_emulator(const std::string& text) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("qemu: uncaught target signal ")) rest += line + '\n';
  return rest;
}

BOOST_AUTO_TEST_SUITE(report_on_crash_, *hangs_after(60))

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
      {"no instruction", SIGILL, [] { std::raise(SIGILL); }},
      {"a trap", SIGTRAP, [] { std::raise(SIGTRAP); }},
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

BOOST_AUTO_TEST_CASE(a_compilers_trap_is_a_crash) {
  const auto [status, report] = crashing([] { __builtin_trap(); });
  BOOST_TEST((WTERMSIG(status) == SIGILL || WTERMSIG(status) == SIGTRAP));
  BOOST_TEST(report.find("GET /") != report.npos);
}

BOOST_AUTO_TEST_CASE(several_threads_crash_at_once) {
  const auto [status, report] = crashing([] {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([] { std::raise(SIGSEGV); });
    for (auto& thread : threads) thread.join();
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

/// The thread that crashes, and how often another signal's handler has interrupted it.
pthread_t crashed_thread;
std::atomic<int> interruptions{0};

BOOST_AUTO_TEST_CASE(other_signals_do_not_end_the_wait_for_the_report) {
  struct Interrupting : ObserverState {
    void add(std::span<const std::chrono::nanoseconds>) override {}
    DurationSummary summary() const override {
      for (int i = 0; i < 20; ++i) {
        const int before = interruptions;
        ::pthread_kill(crashed_thread, SIGUSR1);
        while (interruptions == before) std::this_thread::yield();
      }
      return {};
    }
  };
  struct Observer {
    std::unique_ptr<ObserverState> make_state() const { return std::make_unique<Interrupting>(); }
  };
  const auto crash = [] {
    std::signal(SIGUSR1, [](int) { ++interruptions; });
    crashed_thread = ::pthread_self();
    std::raise(SIGSEGV);
  };
  const auto [status, report] = crashing(crash, Observer{});
  BOOST_TEST(WTERMSIG(status) == SIGSEGV);
  BOOST_TEST(report.find("GET /") != report.npos, report);
}

/// Like `crashing`, but with a file that is there or can't be written. Returns what standard error
/// got as the report.
Crash crashing_into(const std::filesystem::path& file, const std::function<void()>& prepare) {
  const auto end = run_child([&] {
    std::signal(SIGSEGV, SIG_DFL);
    ::dup2(STDOUT_FILENO, STDERR_FILENO);
    (new AsioPerfTimer{"GET /"})->observe(5us);
    prepare();
    report_on_crash({.file = file, .patience = 10s});
    std::raise(SIGSEGV);
  });
  return {end.status, end.output};
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written) {
  for (const char* const file : {"/nonexistent/report.txt", "/dev/full"}) {
    const auto [status, report] = crashing_into(file, [] {});
    BOOST_TEST(WTERMSIG(status) == SIGSEGV);
    BOOST_TEST(report.find(std::string("can't write ") + file) != report.npos);
    BOOST_TEST(report.find("GET /") != report.npos);
  }
  BOOST_TEST(std::filesystem::is_character_file("/dev/full"));
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_the_old_report) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  std::ofstream(file) << "old";
  const auto [status, report] = crashing_into(file, [] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit nothing{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_FSIZE, &nothing);
  });
  BOOST_TEST(WTERMSIG(status) == SIGSEGV);
  BOOST_TEST(content(file) == "old");
  BOOST_TEST(report.find("can't write") != report.npos);
  BOOST_TEST(report.find("GET /") != report.npos);
  const auto files = std::filesystem::directory_iterator(directory.path());
  BOOST_TEST(std::distance(begin(files), end(files)) == 1);
}

BOOST_AUTO_TEST_CASE(an_old_report_is_replaced) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  std::ofstream(file) << std::string(100'000, 'x');
  const auto [status, report] = crashing_into(file, [] {});
  BOOST_TEST(WTERMSIG(status) == SIGSEGV);
  BOOST_TEST(without_emulator(report) == "");
  BOOST_TEST(content(file).starts_with("perf_timer: "));
  BOOST_TEST(content(file).size() < 100'000u);
}

BOOST_AUTO_TEST_CASE(closed_standard_descriptors) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  const auto [status, report] = crashing_into(file, [&] {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(descriptor);
    try {
      report_on_crash();  // nobody would see it
      std::_Exit(1);
    } catch (const std::system_error&) {
    }
  });
  BOOST_TEST(WTERMSIG(status) == SIGSEGV);
  BOOST_TEST(content(file).find("GET /") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_of_the_program_in_the_place_of_standard_error) {
  const TemporaryDirectory directory;
  const auto own = directory / "own.txt";
  const auto end = run_child([&] {
    std::signal(SIGSEGV, SIG_DFL);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(descriptor);
    report_on_crash({.file = "/nonexistent/report.txt", .patience = 10s});
    while (::open(own.c_str(), O_WRONLY | O_CREAT, 0644) < STDERR_FILENO) {
    }
    std::raise(SIGSEGV);
  });
  BOOST_TEST(WTERMSIG(end.status) == SIGSEGV);
  BOOST_TEST(without_emulator(content(own)) == "");
}

/// Uses up the stack.
[[gnu::noinline]] int recurse(volatile int* above) {
  volatile int here[1000];
  here[0] = *above + 1;
  return here[0] < 0 ? 0 : recurse(here) + here[0];
}

BOOST_AUTO_TEST_CASE(a_stack_overflow) {
  for (const bool on_the_main_thread : {true, false}) {
    const auto [status, report] = crashing([&] {
      const auto overflow = [] {
        use_crash_stack();
        use_crash_stack();
        volatile int start = 0;
        std::printf("%d", recurse(&start));
      };
      if (on_the_main_thread) overflow();
      std::thread([] { use_crash_stack(); }).join();
      std::thread(overflow).join();
    });
    BOOST_TEST(WTERMSIG(status) == SIGSEGV);
    BOOST_TEST(report.find("GET /") != report.npos);
  }
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
