//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/free_list.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>

#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1::detail {

void* RunLabels::operator new(std::size_t size) {
  static_assert(sizeof(RunLabels) == LabelsFreeList::block_size && block == sizeof(RunLabels));
  static_cast<void>(size);
  return LabelsFreeList::allocate();
}

void RunLabels::operator delete(void* labels) noexcept { LabelsFreeList::deallocate(labels); }

/// Returns the label at a place, which becomes that of the next one.
RunLabel RunLabels::at(std::size_t& place) const noexcept {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text()[place + i]));
  };
  const std::size_t name = byte(0), value = byte(1) | byte(2) << 8;
  const char* const begin = text() + place + head;
  place += head + name + value;
  std::size_t characters = 0;
  for (const char* c = begin; c != begin + name + value; ++c)
    characters += (static_cast<unsigned char>(*c) & 0xC0U) != 0x80U;  // as all of it is UTF-8
  return {{begin, name}, {begin + name, value}, characters};
}

/// Returns the place of the label of this name; the end if there is none.
std::size_t RunLabels::find(std::string_view name, RunLabel& found) const noexcept {
  for (std::size_t next = 0; next != bytes_;) {
    const std::size_t place = next;
    found = at(next);
    if (found.name == name) return place;
  }
  found = {};
  return bytes_;
}

void RunLabels::set(const RunLabel& label) {
  RunLabel old{};
  const std::size_t place = find(label.name, old);
  const std::size_t characters = characters_ - old.characters + label.characters;
  if (characters > most_characters)
    throw std::invalid_argument("run: with the label \"" + std::string(label.name) +
                                "\", its labels have " + std::to_string(characters) +
                                " characters; names and values may have " +
                                std::to_string(most_characters) +
                                " together, as OpenMetrics says: give it fewer or shorter labels");
  const std::size_t gone = place == bytes_ ? 0 : head + old.name.size() + old.value.size();
  const std::size_t needed = bytes_ - gone + head + label.name.size() + label.value.size();
  if (needed > room_) {
    auto large = std::make_unique<char[]>(needed);
    std::memcpy(large.get(), text(), bytes_);
    large_ = std::move(large);
    room_ = static_cast<std::uint16_t>(needed);
  }
  char* const begin = large_ ? large_.get() : small_;
  std::memmove(begin + place, begin + place + gone, bytes_ - place - gone);
  char* end = begin + bytes_ - gone;
  *end++ = static_cast<char>(label.name.size());
  *end++ = static_cast<char>(label.value.size() & 0xFFU);
  *end++ = static_cast<char>(label.value.size() >> 8);
  std::memcpy(end, label.name.data(), label.name.size());
  if (!label.value.empty())
    std::memcpy(end + label.name.size(), label.value.data(), label.value.size());
  bytes_ = static_cast<std::uint16_t>(needed);
  characters_ = static_cast<std::uint16_t>(characters);
}

void RunLabels::set(RunLabels*& labels, const RunLabel& label) {
  if (labels) return labels->set(label);
  auto made = std::make_unique<RunLabels>();
  made->set(label);
  labels = made.release();
}

void RunLabels::add_missing(const RunLabels& others) noexcept {
  for (std::size_t next = 0; next != others.bytes_;) {
    const RunLabel label = others.at(next);
    RunLabel mine{};
    try {
      if (find(label.name, mine) == bytes_) set(label);
    } catch (const std::exception&) {
    }
  }
}

Exemplar RunLabels::exemplar() const {
  Exemplar result;
  for (std::size_t next = 0; next != bytes_;) {
    const RunLabel label = at(next);
    result.labels.emplace_back(label.name, label.value);
  }
  result.elapsed = std::chrono::nanoseconds(elapsed_);
  result.at = at_;
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
