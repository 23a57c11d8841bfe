//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/plain_report.hpp>
#include <perf_timer/detail/platform/code_place.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace perf_timer::test {
namespace {

using detail::LongStep;
using detail::PlainReport;
using How = detail::StepExplained::How;

/// Serials that no timer of this process has.
constexpr std::uint64_t ledger = 100'000'011, all = 100'000'012, unknown = 100'000'013;

const std::string follows = " msec; more follows when there is memory and names can be found\n";

/// A step that began at 1 ms.
LongStep step() {
  LongStep step;
  step.thread = 4711;
  step.since = 1'000'000;
  step.asked = true;
  step.answer.how = How::explained;
  return step;
}

std::string text_of(const LongStep& step, detail::Ticks now = 154'999'999) {
  return std::string(PlainReport(step, now).text());
}

BOOST_AUTO_TEST_SUITE(plain_report)

BOOST_AUTO_TEST_CASE(with_all_that_is_known) {
  const std::string name_of_ledger = "ledger\n\x1b", name_of_all = std::string(120, 'a');
  const detail::TimerName timer(ledger, name_of_ledger), other(all, name_of_all);
  LongStep stuck = step();
  std::string_view("worker \"1\"").copy(stuck.thread_name.data(), 10);
  for (const auto one : {ledger, all}) stuck.answer.timers.add(one);
  stuck.answer.runs.add(unknown);
  stuck.answer.runs.more = true;
  detail::CodePlace here{.address = reinterpret_cast<const void*>(&text_of)};
  detail::find_code({&here, 1});
  stuck.answer.frames.add(here.address);
  stuck.answer.frames.add(reinterpret_cast<const void*>(0x10));  // in no file
  stuck.answer.frames.more = true;
  std::array<char, 20> offset{};
  std::snprintf(offset.data(), offset.size(), "+0x%llx",
                static_cast<unsigned long long>(here.offset));
  BOOST_TEST(text_of(stuck) ==
             "perf_timer: thread 4711 \"worker \\\"1\\\"\" has been executing one step for at "
             "least 153" +
                 follows + "  it is a run of \"ledger\\n\\x1b\", inside one of \"" +
                 std::string(100, 'a') +
                 "\"\n"
                 "  on behalf of a run of \"(unknown)\", and others around that\n"
                 "  in " +
                 std::string(here.file_name()) + offset.data() +
                 "\n"
                 "  called by 0x10\n"
                 "  called by others, which are left out\n");
}

BOOST_AUTO_TEST_CASE(of_a_thread_that_was_not_asked) {
  LongStep stuck = step();
  stuck.asked = false;
  BOOST_TEST(text_of(stuck) ==
             "perf_timer: thread 4711 has been executing one step for at least 153" + follows);
}

BOOST_AUTO_TEST_CASE(of_one_that_does_not_answer) {
  LongStep stuck = step();
  stuck.answer.how = How::silent;
  BOOST_TEST(text_of(stuck).ends_with(
      follows +
      "  it doesn't say where: the thread doesn't take the signal, or it can't be sent\n"));
}

BOOST_AUTO_TEST_CASE(lines_for_which_there_is_no_room_are_left_out) {
  const std::string long_name = std::string(200, '\x01');
  const detail::TimerName timer(ledger, long_name);
  LongStep stuck = step();
  for (int i = 0; i < 32; ++i) stuck.answer.timers.add(ledger);
  for (int i = 0; i < 64; ++i) stuck.answer.frames.add(nullptr);
  const std::string no_names = text_of(stuck);
  BOOST_TEST(no_names.find(follows + "  in 0x0\n") != std::string::npos);
  BOOST_TEST(std::ranges::count(no_names, '\n') == 65);
  stuck.answer.timers.size = 9;
  const std::string cut = text_of(stuck);
  BOOST_TEST(cut.size() <= 4096u);
  BOOST_TEST(cut.size() > 4000u);
  BOOST_TEST(cut.ends_with("  called by 0x0\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
