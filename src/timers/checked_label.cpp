//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/exemplar_value.hpp>
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/timers/checked_label.hpp>

#include <optional>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Returns how many characters a text has; nothing if one of them can't be shown.
std::optional<std::size_t> characters_of(std::string_view text) noexcept {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    const std::size_t bytes = first_code_point(text).bytes;
    if (bytes == 0 || text.front() == '\0') return {};
    text.remove_prefix(bytes);
  }
  return count;
}

}  // namespace

CheckedLabel::CheckedLabel(std::string_view name, std::string_view value)
    : label_{name, value, name.size()} {
  if (!is_label_name(name))
    throw std::invalid_argument(
        "run: \"" + valid_utf8(name.substr(0, 2 * RunLabels::most_characters)) +
        "\" isn't a valid name of a label; use letters, digits and _, and no digit first, such as "
        "trace_id");
  auto characters = characters_of(value);
  if (!characters) {
    label_.value = repaired_ = exemplar_value(value);
    characters = characters_of(repaired_).value_or(0);
  }
  label_.characters += *characters;
  if (label_.characters > RunLabels::most_characters)
    throw std::invalid_argument(
        "run: the label \"" + std::string(name.substr(0, RunLabels::most_characters)) + "\" has " +
        std::to_string(label_.characters) +
        " characters, its name included; names and values may have " +
        std::to_string(RunLabels::most_characters) +
        " together, as OpenMetrics says: give it an id, and not what is found by it");
}

void refuse_label_of_ended_run() {
  throw std::logic_error("run: labelled after it has ended; label it while it is open");
}

}  // namespace perf_timer::inline v0_1::detail
