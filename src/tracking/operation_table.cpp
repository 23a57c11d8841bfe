//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation_table.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/platform/sort_stably.hpp>

#include "operation_name.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

OperationTable::OperationTable() : other_(OperationName{.name = "other"}, 0) {
  by_number_.push_back(&other_);
}

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
  // The text's address tells a file, and leaves the upper bits for the line.
  const auto line_of = [](const char* file, std::uint64_t line) {
    return reinterpret_cast<std::uintptr_t>(file) ^ line << 48;
  };
  for (std::size_t i = 0; i < start.locations.size(); ++i) {
    const OperationLocation* const at = start.locations[i];
    if (!at) break;
    // Not zero, so that a location that knows nothing differs from none.
    lines[i] = line_of(at->file(), static_cast<std::uint64_t>(at->line())) + 1;
  }
  lines.back() = line_of(start.awaits.file, start.awaits.line);
}

std::size_t OperationTable::Key::hash() const noexcept {
  std::uint64_t hash = reinterpret_cast<std::uintptr_t>(site);
  // A sum, because addresses that grow in step would cancel each other in an exclusive or.
  const auto mix = [&hash](std::uint64_t part) { hash = (hash + part) * 0x9e3779b97f4a7c15u; };
  mix(reinterpret_cast<std::uintptr_t>(name));
  mix(reinterpret_cast<std::uintptr_t>(object));
  mix(reinterpret_cast<std::uintptr_t>(inside));
  for (const std::uint64_t line : lines) mix(line);
  return static_cast<std::size_t>(hash >> 32);
}

Operation& OperationTable::named(OperationName name) {
  if (const auto found = operations_.find(name); found != operations_.end()) return **found;
  if (operations_.size() == most_operations) return other_;
  by_number_.reserve(by_number_.size() + 1);
  const auto number = static_cast<std::uint16_t>(by_number_.size());
  auto made = std::make_unique<Operation>(std::move(name), number);
  by_number_.push_back((*operations_.insert(std::move(made)).first).get());
  return const_cast<Operation&>(*by_number_.back());
}

const NamedOperation& OperationTable::add(const Key& key, const OperationStart& start) noexcept {
  // Relaxed: it says all by itself. What is read relaxed below is written under the lock.
  if (is_full_.load(std::memory_order_relaxed)) return started_as_other_;
  try {
    OperationName name = operation_name(start);
    const StepPlace place = place_of_step(start, name);
    const std::lock_guard lock(mutex_);
    Operation& operation = named(std::move(name));
    if (place == StepPlace::unknown) operation.lose_calls();
    for (std::size_t i = 0; i < most_probes; ++i) {
      auto& slot = slots_[(key.hash() + i) % capacity];
      if (const Entry* const there = slot.load(std::memory_order_relaxed)) {
        if (there->key == key) return there->started;  // another thread was faster
        continue;
      }
      entries_.push_back(std::make_unique<const Entry>(
          Entry{key, {key.object, key.name, operation, place == StepPlace::further}}));
      const Entry& entry = *entries_.back();
      slot.store(&entry, std::memory_order_release);
      if (!start.locations[0] && !start.awaits.file &&
          !start.site->usual.load(std::memory_order_relaxed))
        start.site->usual.store(&entry.started, std::memory_order_release);
      return entry.started;
    }
    is_full_.store(true, std::memory_order_relaxed);
  } catch (const std::bad_alloc&) {
  }
  return started_as_other_;
}

std::vector<OperationSnapshot> OperationTable::snapshots() const {
  std::vector<const Operation*> all;
  {
    const std::lock_guard lock(mutex_);
    all = by_number_;
  }
  std::vector<OperationSnapshot> snapshots;
  snapshots.reserve(all.size());
  for (const Operation* const operation : all) {
    OperationSnapshot snapshot = operation->snapshot();
    if (snapshot.count != 0 || snapshot.dropped != 0 || snapshot.open != 0)
      snapshots.push_back(std::move(snapshot));
  }
  sort_stably(snapshots, [](const OperationSnapshot& a, const OperationSnapshot& b) {
    return a.busy.total > b.busy.total;
  });
  return snapshots;
}

OperationName OperationTable::name_of(std::uint16_t number) const {
  const std::lock_guard lock(mutex_);
  return by_number_.at(number)->name();
}

}  // namespace perf_timer::inline v0_1::detail

namespace perf_timer::inline v0_1 {

std::vector<OperationSnapshot> operations() {
  return detail::OperationTable::instance().snapshots();
}

}  // namespace perf_timer::inline v0_1
