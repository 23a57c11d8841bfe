//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Strands of started runs' executors, by the addresses of their states. Nothing tells when one is
/// gone. So it stays until another strand at this address turns out to be an ordinary one, or until
/// its place is needed. Thread safety: all members.
class StrandsOfRuns {
 public:
  // Addresses are only compared, so they are relaxed: who asks for a strand of a run comes after
  // whoever made it.
  [[nodiscard]] bool has(const void* strand) const noexcept {
    if (!any_.load(std::memory_order_acquire)) [[likely]]
      return false;
    for (std::size_t i = 0; i < most_probes; ++i)
      if (place(strand, i).load(std::memory_order_relaxed) == strand) return true;
    return false;
  }

  void add(const void* strand) noexcept {
    if (has(strand)) return;
    any_.store(true, std::memory_order_release);
    for (std::size_t i = 0; i < most_probes; ++i) {
      const void* free = nullptr;
      if (place(strand, i).compare_exchange_strong(free, strand, std::memory_order_release)) return;
    }
    const std::size_t any = replaced_.fetch_add(1, std::memory_order_relaxed) % most_probes;
    place(strand, any).store(strand, std::memory_order_relaxed);
  }

  /// Forgets all, also those that are still there.
  void clear() noexcept {
    for (auto& strand : strands_) strand.store(nullptr, std::memory_order_relaxed);
  }

  void remove(const void* strand) noexcept {
    if (!has(strand)) return;
    for (std::size_t i = 0; i < most_probes; ++i) {
      const void* there = strand;
      place(strand, i).compare_exchange_strong(there, nullptr, std::memory_order_relaxed);
    }
  }

 private:
  static constexpr std::size_t capacity = 1024;
  static constexpr std::size_t most_probes = 16;

  [[nodiscard]] static std::size_t index(const void* strand, std::size_t probe) noexcept {
    const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(strand));
    return ((address * 0x9e3779b97f4a7c15u >> 32) + probe) % capacity;
  }
  [[nodiscard]] std::atomic<const void*>& place(const void* strand, std::size_t probe) noexcept {
    return strands_[index(strand, probe)];
  }
  [[nodiscard]] const std::atomic<const void*>& place(const void* strand,
                                                      std::size_t probe) const noexcept {
    return strands_[index(strand, probe)];
  }

  std::atomic<bool> any_{false};
  std::atomic<std::size_t> replaced_{0};
  std::array<std::atomic<const void*>, capacity> strands_{};
};

/// Those of this program.
extern StrandsOfRuns strands_of_runs;

}  // namespace perf_timer::inline v0_1::detail
