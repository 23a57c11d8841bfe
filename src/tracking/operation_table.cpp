//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation_table.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>

#include "operation_name.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

OperationTable::OperationTable() : other_(OperationName{.name = "other"}) {}

OperationTable& OperationTable::instance() noexcept {
  static OperationTable& table = []() -> OperationTable& {
    auto* const made = new OperationTable;
    at_fork([] { instance().lock(); }, [] { instance().unlock(); }, [] { instance().unlock(); });
    return *made;
  }();
  return table;
}

OperationTable::Key::Key(const OperationStart& start) noexcept
    : site(start.site), object(start.object), name(start.name), inside(start.inside) {
  if (start.outermost) {
    file = start.outermost->file();
    line = start.outermost->line();
    if (!file) {
      file = start.awaits.file;
      line = static_cast<int>(start.awaits.line);
    }
  }
  if (start.inner) {
    inner_file = start.inner->file();
    inner_line = start.inner->line();
  }
}

std::size_t OperationTable::Key::hash() const noexcept {
  std::uint64_t hash = reinterpret_cast<std::uintptr_t>(site);
  const auto mix = [&hash](std::uint64_t part) { hash = (hash ^ part) * 0x9e3779b97f4a7c15u; };
  mix(reinterpret_cast<std::uintptr_t>(name));
  mix(reinterpret_cast<std::uintptr_t>(object));
  mix(reinterpret_cast<std::uintptr_t>(file) + static_cast<unsigned>(line));
  mix(reinterpret_cast<std::uintptr_t>(inner_file) + static_cast<unsigned>(inner_line));
  mix(reinterpret_cast<std::uintptr_t>(inside));
  return static_cast<std::size_t>(hash >> 32);
}

Operation& OperationTable::named(OperationName name) {
  if (const auto found = operations_.find(name); found != operations_.end()) return **found;
  if (operations_.size() == most_operations) return other_;
  return **operations_.insert(std::make_unique<Operation>(std::move(name))).first;
}

Operation& OperationTable::add(const Key& key, const OperationStart& start) noexcept {
  try {
    OperationName name = operation_name(start);
    const std::lock_guard lock(mutex_);
    Operation& operation = named(std::move(name));
    for (std::size_t i = 0; i < most_probes; ++i) {
      auto& slot = slots_[(key.hash() + i) % capacity];
      if (slot.load(std::memory_order_relaxed)) continue;
      entries_.push_back(std::make_unique<const Entry>(Entry{key, operation}));
      slot.store(entries_.back().get(), std::memory_order_release);
      break;
    }
    return operation;
  } catch (const std::bad_alloc&) {
    return other_;
  }
}

std::vector<OperationSnapshot> OperationTable::snapshots() const {
  std::vector<const Operation*> all;
  {
    const std::lock_guard lock(mutex_);
    all.reserve(operations_.size() + 1);
    for (const auto& operation : operations_) all.push_back(operation.get());
  }
  all.push_back(&other_);
  std::vector<OperationSnapshot> snapshots;
  snapshots.reserve(all.size());
  for (const Operation* const operation : all) {
    OperationSnapshot snapshot = operation->snapshot();
    if (snapshot.count != 0 || snapshot.dropped != 0 || snapshot.open != 0)
      snapshots.push_back(std::move(snapshot));
  }
  std::stable_sort(snapshots.begin(), snapshots.end(),
                   [](const OperationSnapshot& a, const OperationSnapshot& b) {
                     return a.busy.total > b.busy.total;
                   });
  return snapshots;
}

}  // namespace perf_timer::inline v0_1::detail

namespace perf_timer::inline v0_1 {

std::vector<OperationSnapshot> operations() {
  return detail::OperationTable::instance().snapshots();
}

}  // namespace perf_timer::inline v0_1
