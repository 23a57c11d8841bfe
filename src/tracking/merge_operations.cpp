//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/merge_operations.hpp>

#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

namespace perf_timer::inline v0_1::detail {

void merge(OperationSnapshot& to, const OperationSnapshot& from) {
  if (to.count == 0)
    to.calls = from.calls;
  else if (from.count != 0)
    to.calls = to.calls && from.calls ? std::optional(saturating_add(*to.calls, *from.calls))
                                      : std::nullopt;
  for (const auto count :
       {&OperationSnapshot::count, &OperationSnapshot::failed, &OperationSnapshot::cancelled,
        &OperationSnapshot::dropped, &OperationSnapshot::open})
    to.*count = saturating_add(to.*count, from.*count);
  for (const auto series :
       {&OperationSnapshot::waiting, &OperationSnapshot::queued, &OperationSnapshot::busy})
    merge(to.*series, from.*series);
}

std::string place_of(const OperationSnapshot& operation) {
  return place_name(operation.file, operation.line, operation.function);
}

std::vector<StartedOperation> started_operations(std::span<const OperationSnapshot> operations) {
  std::vector<StartedOperation> started;
  std::map<std::tuple<std::string, std::string, unsigned, std::string>, std::size_t> composed;
  for (const OperationSnapshot& operation : operations) {
    if (operation.part_of.empty()) {
      started.push_back({operation});
      continue;
    }
    const auto [place, is_new] =
        composed.try_emplace({operation.part_of, operation.file, operation.line,
                              operation.file.empty() ? operation.function : std::string{}},
                             started.size());
    if (!is_new) {
      merge(started[place->second].snapshot, operation);
      continue;
    }
    started.push_back({operation, true});
    OperationSnapshot& sum = started.back().snapshot;
    sum.object.clear();
    sum.operation = std::move(sum.part_of);
    sum.part_of.clear();
  }
  return started;
}

}  // namespace perf_timer::inline v0_1::detail
