//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What tracked programs do by themselves. They know nothing of this library.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "common/hangs_after.hpp"
#include "common/temporary_directory.hpp"
#include "environment/running_program.hpp"

namespace test {
namespace {

using perf_timer::test::TemporaryDirectory;

EndedProgram run(const char* what, const RunningProgram::Variables& variables = {}) {
  return run_program({TRACKED_PROGRAM, what}, variables);
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const std::filesystem::path& directory) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(directory), {}));
}

/// Returns how often a text occurs.
std::size_t times(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
    ++found;
  return found;
}

bool has(const std::string& text, std::string_view part) { return times(text, part) != 0; }

/// Returns the row of an operation in a table, with single spaces. Empty if there isn't exactly
/// one.
std::string row(const std::string& table, std::string_view operation) {
  if (times(table, operation) != 1) return {};
  const std::size_t begin = table.rfind('\n', table.find(operation)) + 1;
  std::string line = table.substr(begin, table.find('\n', begin) - begin);
  line.erase(
      std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
      line.end());
  return line;
}

BOOST_AUTO_TEST_SUITE(programs, *perf_timer::test::hangs_after(120))

BOOST_AUTO_TEST_CASE(at_exit_a_table_goes_to_standard_error) {
  const auto ended = run("handlers");
  BOOST_TEST(ended.status == 3);
  BOOST_TEST(ended.out == "done\n");
  BOOST_TEST(has(row(ended.err, "io_context.execute"), " | 3 | "), ended.err);
  BOOST_TEST(!has(ended.err, "no timer ran"), ended.err);
}

BOOST_AUTO_TEST_CASE(the_report_goes_where_the_environment_says) {
  const auto to_stderr = run("handlers", {{"PERF_TIMER_REPORT", "stderr"}});
  BOOST_TEST(to_stderr.status == 3);
  BOOST_TEST(to_stderr.out == "done\n");
  BOOST_TEST(!row(to_stderr.err, "io_context.execute").empty(), to_stderr.err);
  BOOST_TEST(has(to_stderr.err, "perf_timer: no timer ran\n"), to_stderr.err);

  const auto to_stdout = run("handlers", {{"PERF_TIMER_REPORT", "stdout"}});
  BOOST_TEST(to_stdout.status == 3);
  BOOST_TEST(to_stdout.err == "");
  BOOST_TEST(to_stdout.out.find("done\n") == 0u, to_stdout.out);
  BOOST_TEST(!row(to_stdout.out, "io_context.execute").empty(), to_stdout.out);

  const auto off = run("handlers", {{"PERF_TIMER_REPORT", "off"}});
  BOOST_TEST(off.status == 3);
  BOOST_TEST(off.out == "done\n");
  BOOST_TEST(off.err == "");
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_as_a_whole) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  std::ofstream(file) << std::string(100'000, 'x');
  const auto ended = run("handlers", {{"PERF_TIMER_REPORT", file.string()}});
  BOOST_TEST(ended.status == 3);
  BOOST_TEST(ended.out == "done\n");
  BOOST_TEST(ended.err == "");
  BOOST_TEST(!row(content(file), "io_context.execute").empty(), content(file));
  BOOST_TEST(!has(content(file), "xxx"));
  BOOST_TEST(files_in(directory.path()) == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_written_is_told) {
  const TemporaryDirectory directory;
  const auto file = directory / "missing" / "report.txt";
  const auto ended = run("handlers", {{"PERF_TIMER_REPORT", file.string()}});
  BOOST_TEST(ended.status == 3);
  BOOST_TEST(ended.out == "done\n");
  BOOST_TEST(ended.err == "perf_timer: the report isn't written: " + file.string() +
                              ": No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_and_the_program_goes_on) {
  const TemporaryDirectory directory;
  const auto missing = (directory / "missing").string();
  const auto ended = run("handlers", {{"PERF_TIMER_SIGNAL", "KILL"},
                                      {"PERF_TIMER_STALLS", "1us"},
                                      {"PERF_TIMER_FLIGHT", missing},
                                      {"PERF_TIMER_REPORT", "off"}});
  BOOST_TEST(ended.status == 3);
  BOOST_TEST(ended.out == "done\n");
  BOOST_TEST(times(ended.err, "\n") == 3u, ended.err);
  BOOST_TEST(has(ended.err, "perf_timer: PERF_TIMER_SIGNAL=KILL: give a signal"), ended.err);
  BOOST_TEST(has(ended.err, "perf_timer: PERF_TIMER_STALLS: "), ended.err);
  BOOST_TEST(has(ended.err, "perf_timer: PERF_TIMER_FLIGHT: "), ended.err);
  BOOST_TEST(has(ended.err, missing), ended.err);
}

BOOST_AUTO_TEST_CASE(a_signal_brings_the_table_while_all_threads_are_stuck) {
  RunningProgram program({TRACKED_PROGRAM, "stuck"}, {{"PERF_TIMER_SIGNAL", "USR1"}});
  BOOST_REQUIRE(program.prints("stuck\nstuck\n"));
  program.send(SIGUSR1);
  BOOST_REQUIRE_MESSAGE(program.tells("open now: 2 io_context.execute"), program.err());
  program.go_on();
  BOOST_TEST(program.wait() == 0);
  const std::string at_exit = program.err().substr(program.err().find("open now"));
  BOOST_TEST(has(row(at_exit.substr(at_exit.find('\n')), "io_context.execute"), " | 2 | "),
             at_exit);
}

BOOST_AUTO_TEST_CASE(a_signal_replaces_the_file_each_time) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  RunningProgram program({TRACKED_PROGRAM, "stuck"},
                         {{"PERF_TIMER_SIGNAL", "10"}, {"PERF_TIMER_REPORT", file.string()}});
  BOOST_REQUIRE(program.prints("stuck\nstuck\n"));
  program.send(10);
  while (program.is_running() && !has(content(file), "open now: 2")) {
  }
  BOOST_TEST(program.wait() == 0);
  BOOST_TEST(!has(content(file), "open now"), content(file));
  BOOST_TEST(program.err() == "");
}

BOOST_AUTO_TEST_CASE(a_handler_that_blocks_is_named_while_it_blocks) {
  RunningProgram program({TRACKED_PROGRAM, "stall"}, {{"PERF_TIMER_STALLS", "20ms"}});
  BOOST_TEST(program.tells("block_in_a_handler"), program.err());
  BOOST_TEST(program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(a_stall_saves_the_flight) {
  const TemporaryDirectory directory;
  RunningProgram program(
      {TRACKED_PROGRAM, "stall"},
      {{"PERF_TIMER_STALLS", "20ms"}, {"PERF_TIMER_FLIGHT", directory.path().string()}});
  BOOST_TEST(program.tells("block_in_a_handler"), program.err());
  BOOST_TEST(program.tells("saved the trace " + directory.path().string()), program.err());
  BOOST_TEST(files_in(directory.path()) == 1u);
  BOOST_TEST(program.wait() == 0);
}

BOOST_AUTO_TEST_CASE(exit_in_a_handler_beside_threads_reports) {
  for (const char* const how : {"exit", "quick_exit"}) {
    const auto ended = run(how);
    BOOST_TEST(ended.status == 5, how);
    BOOST_TEST(has(ended.err, "io_context.execute"), how << ": " << ended.err);
    BOOST_TEST(has(ended.err, "open now: "), how << ": " << ended.err);
  }
}

BOOST_AUTO_TEST_CASE(the_report_comes_after_static_contexts_are_gone) {
  const auto ended = run("static");
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(times(ended.err, "deadline_timer.async_wait") == 1u, ended.err);
  BOOST_TEST(!has(ended.err, "open now"), ended.err);
}

BOOST_AUTO_TEST_CASE(the_child_of_a_fork_reports_what_is_its_own) {
  const auto ended = run("fork");
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(times(ended.err, "io_context.execute") == 3u, ended.err);
  BOOST_TEST(times(ended.err, "open now: 1 io_context.execute") == 1u, ended.err);  // which exits
  BOOST_TEST(times(ended.err, ", a fork: what its parent had counted before is included\n") == 1u,
             ended.err);
}

BOOST_AUTO_TEST_CASE(the_child_of_a_fork_writes_another_file) {
  const TemporaryDirectory directory;
  const auto file = directory / "report.txt";
  const auto ended = run("fork", {{"PERF_TIMER_REPORT", file.string()},
                                  {"PERF_TIMER_STALLS", "1s"},
                                  {"PERF_TIMER_SIGNAL", "USR1"}});
  BOOST_TEST(ended.status == 0);
  BOOST_TEST(ended.err == "");
  BOOST_TEST(!has(content(file), "a fork"), content(file));
  BOOST_TEST(files_in(directory.path()) == 2u);
}

BOOST_AUTO_TEST_CASE(a_plugin_that_includes_asio_is_in_the_same_report) {
  const auto ended = run_program({HOST_PROGRAM, PLUGIN}, {});
  BOOST_TEST(ended.status == 0, ended.out);
  BOOST_TEST(has(row(ended.err, "io_context.execute"), " | 1 | "), ended.err);
  BOOST_TEST(has(row(ended.err, "deadline_timer.async_wait"), " | 2 | "), ended.err);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace test
