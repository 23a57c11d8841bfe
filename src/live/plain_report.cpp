//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/plain_report.hpp>
#include <perf_timer/detail/platform/code_place.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace perf_timer::inline v0_1::detail {

PlainReport::PlainReport(const LongStep& step, Ticks now) noexcept {
  add("perf_timer: thread ");
  add(step.thread);
  if (step.thread_name[0] != '\0') add_in_quotes(step.thread_name.data());
  add(" has been executing one step for at least ");
  add(static_cast<std::uint64_t>(std::max<Ticks>(now - step.since, 0) / 1'000'000));
  add(" msec; more follows when there is memory and names can be found");
  static_cast<void>(end_line());
  if (!step.asked) return;
  using How = StepExplained::How;
  const StepExplained& answer = step.answer;
  if (answer.how != How::explained) {
    add("  it doesn't say where: the thread doesn't take the signal, or it can't be sent");
    static_cast<void>(end_line());
    return;
  }
  add_names("it is a run of", answer.timers.all(), answer.timers.more);
  add_names("on behalf of a run of", answer.runs.all(), answer.runs.more);
  add_frames(answer.frames.all(), answer.frames.more);
}

template <class Serial>
void PlainReport::add_names(std::string_view before, std::span<const Serial> timers,
                            bool more) noexcept {
  for (std::size_t i = 0; i < timers.size(); ++i) {
    add(i == 0 ? "  " : ", inside one of");
    if (i == 0) add(before);
    std::array<char, 100> name;
    const std::size_t size = TimerName::copy(timer_of(timers[i]), name);
    add_in_quotes(size != 0 ? std::string_view(name.data(), size) : "(unknown)");
  }
  if (more) add(", and others around that");
  if (!timers.empty()) static_cast<void>(end_line());
}

void PlainReport::add_frames(std::span<const void* const> addresses, bool more) noexcept {
  std::array<CodePlace, std::tuple_size_v<decltype(StepExplained{}.frames.room)>> places;
  const auto known = std::span(places).first(addresses.size());
  for (std::size_t i = 0; i < known.size(); ++i) known[i].address = addresses[i];
  find_code(known);
  for (const CodePlace& place : known) {
    add(&place == known.data() ? "  in " : "  called by ");
    add(place.file_name());
    add(place.file_size != 0 ? "+0x" : "0x");
    add(place.offset, 16);
    if (!end_line()) return;
  }
  if (!more) return;
  add("  called by others, which are left out");
  static_cast<void>(end_line());
}

void PlainReport::add(std::string_view text) noexcept {
  const std::size_t room = text_.size() - 1 - end_;  // a newline comes behind it
  is_full_ = is_full_ || text.size() > room;
  end_ += text.copy(text_.data() + end_, room);
}

void PlainReport::add(std::uint64_t number, unsigned base) noexcept {
  std::array<char, 20> digits;
  const char* const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, static_cast<int>(base))
          .ptr;
  add({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void PlainReport::add_in_quotes(std::string_view name) noexcept {
  add(" \"");
  for (EscapedRoom room; !name.empty();) add(next_escaped(name, room));
  add("\"");
}

bool PlainReport::end_line() noexcept {
  if (std::exchange(is_full_, false)) {
    end_ = size_;
    return false;
  }
  text_[end_++] = '\n';
  size_ = end_;
  return true;
}

}  // namespace perf_timer::inline v0_1::detail
