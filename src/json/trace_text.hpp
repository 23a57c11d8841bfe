//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/trace/events.hpp>

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Returns any text as a quoted JSON string. What isn't UTF-8 becomes U+FFFD.
[[nodiscard]] std::string quoted_json(std::string_view text);

/// Formats ticks as microseconds, to the nanosecond.
[[nodiscard]] std::string microseconds(Ticks ns);

/// Writes numbers as JSON requires, whatever the stream's locale and format.
class TraceText {
 public:
  explicit TraceText(std::ostream& out) : out_(out) {}
  TraceText(const TraceText&) = delete;
  TraceText& operator=(const TraceText&) = delete;

  TraceText& operator<<(std::string_view text) {
    buffer_ += text;
    return *this;
  }
  TraceText& operator<<(char c) {
    buffer_ += c;
    return *this;
  }
  template <std::integral T>
  TraceText& operator<<(T number) {
    return *this << std::string_view(std::to_string(number));
  }
  void flush_if_long() {
    if (buffer_.size() > 60'000) flush();
  }
  void flush() {
    out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
  }

 private:
  std::ostream& out_;
  std::string buffer_;
};

/// Collects "name":value pairs for the args of an event.
class TraceArgs {
 public:
  TraceArgs& time(std::string_view name, Ticks ns) { return add(name, microseconds(ns)); }
  TraceArgs& flag(std::string_view name, bool is_set = true) {
    return is_set ? add(name, "1") : *this;
  }
  TraceArgs& text(std::string_view name, std::string_view quoted) { return add(name, quoted); }
  TraceArgs& outcome(RunOutcome outcome, std::uint8_t lost);
  [[nodiscard]] const std::string& str() const { return text_; }

 private:
  TraceArgs& add(std::string_view name, std::string_view value);

  std::string text_;
};

}  // namespace perf_timer::inline v0_1::detail
