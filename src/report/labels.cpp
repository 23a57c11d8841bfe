//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {
namespace {

// The functions of <cctype> depend on the locale.
constexpr bool begins_label(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_set_by_exporters(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 13> ours{
      "timer", "kind",     "reason", "le",        "thread",  "thread_name", "state",
      "run",   "executor", "object", "operation", "part_of", "at"};
  return std::find(ours.begin(), ours.end(), name) != ours.end();
}

/// Returns what is wrong with a name; nothing if it is valid.
std::string_view fault_of(std::string_view name) noexcept {
  if (!is_label_name(name))
    return "isn't a valid Prometheus label name; use letters, digits and _, and no digit first";
  if (name.starts_with("__"))
    return "begins with __, which Prometheus reserves for itself; choose another name";
  if (is_set_by_exporters(name))
    return "is set by perf_timer itself, like timer, kind, reason and le; choose another name";
  return {};
}

}  // namespace

bool is_label_name(std::string_view name) noexcept {
  return !name.empty() && begins_label(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return begins_label(c) || (c >= '0' && c <= '9'); });
}

void check_labels(std::string_view whose, const Labels& labels) {
  for (auto label = labels.begin(); label != labels.end(); ++label) {
    const auto same = [&](const auto& other) { return other.first == label->first; };
    std::string_view fault = fault_of(label->first);
    if (fault.empty() && std::any_of(labels.begin(), label, same)) fault = "is given twice";
    if (!fault.empty())
      throw std::invalid_argument(std::string{whose} + ": the label \"" + valid_utf8(label->first) +
                                  "\" " + std::string{fault});
  }
}

std::string labelled_name(std::string_view name, const Labels& labels) {
  std::string text{name};
  for (const auto& [label, value] : labels) {
    text += &label == &labels.front().first ? "{" : ", ";
    text.append(label).append("=").append(value);
  }
  if (!labels.empty()) text += "}";
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
