//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Sorts as `std::stable_sort` does, which clang refuses to compile with libstdc++ 12 where
/// warnings are errors, because it uses something deprecated.
template <class T, class Less>
void sort_stably(std::vector<T>& values, Less less) {
  std::vector<std::pair<T, std::size_t>> numbered;
  numbered.reserve(values.size());
  for (T& value : values) numbered.emplace_back(std::move(value), numbered.size());
  std::sort(numbered.begin(), numbered.end(), [&](const auto& a, const auto& b) {
    if (less(a.first, b.first)) return true;
    return !less(b.first, a.first) && a.second < b.second;
  });
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::move(numbered[i].first);
}

}  // namespace perf_timer::inline v0_1::detail
