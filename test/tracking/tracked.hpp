//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/tracking/merge_operations.hpp>
#include <perf_timer/operations.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tracked {

/// Returns the operations of this line of a test.
inline std::vector<perf_timer::OperationSnapshot> at_line(std::string_view file, unsigned line) {
  std::vector<perf_timer::OperationSnapshot> found;
  for (auto& operation : perf_timer::operations())
    if (operation.file == file && operation.line == line) found.push_back(std::move(operation));
  return found;
}

/// Returns the operation of this name whose handler is named like that; an empty one if there is
/// none.
inline perf_timer::OperationSnapshot called(std::string_view operation, std::string_view function) {
  for (auto& one : perf_timer::operations())
    if (one.operation == operation && one.function.find(function) != std::string::npos) return one;
  return {};
}

/// Returns them as words: "object.operation", with "part_of: " before it.
inline std::string words(const std::vector<perf_timer::OperationSnapshot>& operations) {
  std::string text;
  for (const auto& operation : operations) {
    if (!text.empty()) text += ", ";
    if (!operation.part_of.empty()) text += operation.part_of + ": ";
    text += operation.object + '.' + operation.operation;
    if (operation.count != 1) text += " " + std::to_string(operation.count);
  }
  return text;
}

/// Returns how often the program called the composed operation of this name and place, and how many
/// steps that took, as "2 of 6"; "? of 6" if it isn't known.
inline std::string calls(const std::vector<perf_timer::OperationSnapshot>& operations) {
  const auto all = perf_timer::detail::started_operations(operations);
  std::string text;
  for (const auto& one : all) {
    if (!one.composed) continue;
    if (!text.empty()) text += ", ";
    text += one.snapshot.operation + ' ';
    text += one.count() ? std::to_string(*one.count()) : "?";
    text += " of " + std::to_string(one.snapshot.count);
  }
  return text;
}

}  // namespace tracked
