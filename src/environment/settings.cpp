//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "settings.hpp"

#include <perf_timer/detail/platform/call_on_signal.hpp>

#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::pair<std::string_view, std::int64_t> units[] = {
    {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"min", 60'000'000'000}};

[[nodiscard]] ReportPlace place_of(std::string_view text) {
  using To = ReportPlace::To;
  if (text == "stderr") return {To::standard_error};
  if (text == "stdout") return {To::standard_output};
  if (text == "off") return {To::nowhere};
  return {To::file, text};
}

}  // namespace

std::optional<std::chrono::nanoseconds> duration_of(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number <= 0) return {};
  for (const auto& [name, length] : units)
    if (std::string_view(unit, static_cast<std::size_t>(end - unit)) == name &&
        number <= std::chrono::nanoseconds::max().count() / length)
      return std::chrono::nanoseconds(number * length);
  return {};
}

std::optional<ServicePlace> service_place_of(std::string_view text) {
  if (text.starts_with("unix:")) return ServicePlace{.address = std::string(text)};
  const auto colon = text.rfind(':');
  std::string_view address = colon == text.npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string_view number = colon == text.npos ? text : text.substr(colon + 1);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  std::uint16_t port = 0;
  const char* const end = number.data() + number.size();
  const auto [parsed, error] = std::from_chars(number.data(), end, port);
  if (error != std::errc() || parsed != end || address.empty()) return {};
  return ServicePlace{std::string(address), port};
}

Settings settings_of(const Environment& environment) {
  Settings settings;
  const auto value = [&](const char* variable) -> std::string_view {
    const char* const text = environment(variable);
    return text ? text : "";
  };
  const auto wrong = [&](const char* variable, std::string_view text, const std::string& what) {
    settings.errors.push_back(std::string(variable) + "=" + std::string(text) + ": " + what);
  };
  if (const auto text = value("PERF_TIMER_REPORT"); !text.empty()) {
    settings.report = place_of(text);
    settings.timers_too = true;
  }
  if (const auto text = value("PERF_TIMER_SIGNAL"); !text.empty()) {
    settings.on_signal = signal_of(text);
    if (!settings.on_signal)
      wrong("PERF_TIMER_SIGNAL", text,
            "give a signal that can be handled, such as " + std::string(signal_for_example) +
                " or a number");
  }
  if (const auto text = value("PERF_TIMER_STALLS"); !text.empty()) {
    settings.stalls = duration_of(text);
    if (!settings.stalls)
      wrong("PERF_TIMER_STALLS", text, "give a duration, such as 100ms, 2s or 500us");
  }
  settings.flight = value("PERF_TIMER_FLIGHT");
  if (const auto text = value("PERF_TIMER_SERVE"); !text.empty()) {
    settings.serve = service_place_of(text);
    if (!settings.serve)
      wrong("PERF_TIMER_SERVE", text,
            "give an address and a port, such as 127.0.0.1:9464, a port, or unix:/PATH");
  }
  settings.token = value("PERF_TIMER_TOKEN");
  return settings;
}

}  // namespace perf_timer::inline v0_1::detail
