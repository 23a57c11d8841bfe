//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "qualified_name.hpp"

#include "type_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr auto npos = std::string_view::npos;

/// Reads parts from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

  bool skip(std::string_view prefix) noexcept {
    if (!rest_.starts_with(prefix)) return false;
    rest_.remove_prefix(prefix.size());
    return true;
  }

  /// Reads a part. Returns false, and reads nothing, if there is none.
  [[nodiscard]] bool read(NamePart& part) {
    if (!read_name(part)) return false;
    if (part.kind == NamePart::Kind::lambda) skip_qualifiers();
    if (part.kind != NamePart::Kind::named) return true;
    const bool is_operator = is_word_at(part.text, 0, "operator");
    const std::string_view before = rest_;
    if (is_operator) skip(" ");
    if (rest_.starts_with('<')) {
      part.templated = true;
      part.arguments = brackets();
      if (!part.arguments.empty()) {
        part.arguments.remove_prefix(1);
        part.arguments.remove_suffix(1);
      }
    } else {
      rest_ = before;
    }
    while (rest_.starts_with("[abi:")) (void)brackets();
    if (rest_.starts_with('(') && !brackets().empty()) {
      part.called = true;
      skip_qualifiers();
    }
    return true;
  }

 private:
  [[nodiscard]] std::string_view take(std::size_t size) noexcept {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  /// Takes what is in brackets, with them. Empty if they don't end.
  std::string_view brackets() {
    const std::size_t end = after_brackets(rest_, 0);
    return end == npos ? std::string_view() : take(end);
  }

  [[nodiscard]] bool read_name(NamePart& part) {
    using enum NamePart::Kind;
    if (rest_.starts_with("{anonymous}") || rest_.starts_with("(anonymous namespace)")) {
      part.kind = anonymous;
    } else if (rest_.starts_with("<lambda") || rest_.starts_with("(lambda") ||
               rest_.starts_with("(anonymous class")) {
      part.kind = lambda;
    } else if (rest_.starts_with("<unnamed") || rest_.starts_with("(unnamed ") ||
               rest_.starts_with("(anonymous ")) {
      part.kind = unnamed;
    } else {
      part.kind = named;
      part.text = identifier();
      return !part.text.empty();
    }
    part.text = brackets();
    return !part.text.empty();
  }

  [[nodiscard]] std::string_view identifier() {
    if (is_word_at(rest_, 0, "operator")) {
      const std::size_t end = after_operator(rest_, 0);
      if (end != std::string_view("operator").size()) return take(end);
      return take(std::min(find_outside(rest_, "(", end), rest_.size()));  // a conversion
    }
    std::size_t end = rest_.starts_with('~') ? 1 : 0;
    while (end < rest_.size() && is_name_character(rest_[end])) ++end;
    return take(end);
  }

  void skip_qualifiers() {
    constexpr std::array<std::string_view, 8> qualifiers{
        " const", " volatile", " noexcept", " mutable", " &&", " &", "&&", "&"};
    for (bool more = true; more;) {
      more = std::any_of(qualifiers.begin(), qualifiers.end(),
                         [this](std::string_view qualifier) { return skip(qualifier); });
    }
    skip_meanings();
  }

  /// Skips what the parameters of a template mean: " [with T = int]".
  void skip_meanings() {
    const std::string_view before = rest_;
    if (!skip(" [")) return;
    rest_ = before.substr(1);
    if (brackets().empty()) rest_ = before;
  }

  std::string_view rest_;
};

}  // namespace

std::string QualifiedName::plain() const {
  std::string text;
  for (const NamePart& part : parts) {
    if (is_inline_namespace(part.text)) continue;
    if (!text.empty()) text += "::";
    text += part.text;
  }
  return text;
}

bool QualifiedName::is_local() const noexcept {
  return std::any_of(parts.begin(), parts.end(), [](const NamePart& part) {
    return part.called || part.kind == NamePart::Kind::lambda ||
           part.kind == NamePart::Kind::unnamed;
  });
}

QualifiedName read_name(std::string_view text) {
  QualifiedName name;
  Reader reader(text);
  NamePart part;
  if (!reader.read(part)) return {{}, text};
  name.parts.push_back(part);
  for (;;) {
    Reader after = reader;
    part = NamePart();
    if (!after.skip("::") || !after.read(part)) break;
    name.parts.push_back(part);
    reader = after;
  }
  name.rest = reader.rest();
  return name;
}

bool is_inline_namespace(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 6> names{"__cxx11", "__1",     "__2",
                                                  "_V2",     "__debug", "v0_1"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace perf_timer::inline v0_1::detail
