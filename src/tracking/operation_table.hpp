//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/operation_site.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>
#include <perf_timer/operations.hpp>

#include "operation.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What is known where an operation starts. The texts are literals.
struct OperationStart {
  OperationSite* site;
  const char* object;
  const char* name;
  /// Those of this step, the outermost first; null if there are fewer.
  std::array<const OperationLocation*, 3> locations{};
  SourceLine awaits{};
  const Operation* inside = nullptr;  ///< a step whose handler starts it, if it may go on with it
};

/// All operations of the program. Who starts one that was started before finds it without a lock.
/// Thread safety: all members.
class OperationTable {
 public:
  /// Never destroyed.
  [[nodiscard]] static OperationTable& instance() noexcept;

  /// Returns the operation that starts there. If there are too many of them, or no memory, it is
  /// the one named "other".
  [[nodiscard]] const NamedOperation& operation(const OperationStart& start) noexcept {
    const Key key(start);
    const std::size_t hash = key.hash();
    for (std::size_t i = 0; i < most_probes; ++i) {
      const Entry* const entry = slots_[(hash + i) % capacity].load(std::memory_order_acquire);
      if (!entry) break;
      if (entry->key == key) [[likely]]
        return entry->started;
    }
    return add(key, start);
  }

  [[nodiscard]] std::vector<OperationSnapshot> snapshots() const;
  /// Returns the name of the one with this number.
  [[nodiscard]] OperationName name_of(std::uint16_t number) const;

  // Around a fork.
  void lock() noexcept { mutex_.lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  /// What tells two starts apart, cheaply. Several can be of one operation.
  struct Key {
    explicit Key(const OperationStart& start) noexcept;
    [[nodiscard]] std::size_t hash() const noexcept;
    bool operator==(const Key&) const = default;

    const OperationSite* site;
    const char* object;
    const char* name;
    const Operation* inside;
    std::array<std::uint64_t, 4> lines{};  // of the locations, and of what awaits it
  };
  struct Entry {
    Key key;
    NamedOperation started;
  };
  struct ByName {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return name(a) < name(b); }
    static const OperationName& name(const OperationName& n) { return n; }
    static const OperationName& name(const std::unique_ptr<Operation>& o) { return o->name(); }
  };

  static constexpr std::size_t capacity = 8192;  // of starts
  static constexpr std::size_t most_probes = 64;
  static constexpr std::size_t most_operations = 1000;

  OperationTable();
  [[nodiscard]] const NamedOperation& add(const Key& key, const OperationStart& start) noexcept;
  [[nodiscard]] Operation& named(OperationName name);

  std::array<std::atomic<const Entry*>, capacity> slots_{};
  std::atomic<bool> is_full_{false};  // new starts are counted as "other", without a lock
  mutable std::mutex mutex_;          // guards what follows, and writing to the slots
  std::set<std::unique_ptr<Operation>, ByName> operations_;
  std::vector<const Operation*> by_number_;
  std::vector<std::unique_ptr<const Entry>> entries_;
  Operation other_;
  const NamedOperation started_as_other_{"", "", other_};
};

}  // namespace perf_timer::inline v0_1::detail
