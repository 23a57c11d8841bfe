//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What stands between two "::".
struct NamePart {
  enum class Kind : unsigned char {
    named,      ///< a namespace, a class, a function
    anonymous,  ///< an anonymous namespace
    lambda,
    unnamed  ///< a class without a name
  };

  Kind kind = Kind::named;
  bool called = false;  ///< a function: its parameters follow
  bool templated = false;
  std::string_view text{};       ///< without arguments and parameters
  std::string_view arguments{};  ///< of a template
};

/// A name with all that it stands in, such as `chat::room<int>::run()::<lambda(int)>`. It refers to
/// the text that it was read from.
struct QualifiedName {
  std::vector<NamePart> parts{};
  std::string_view rest{};  ///< What follows the name. If it has no parts, that is all.

  /// Returns the name without arguments and inline namespaces, such as "std::_Bind".
  [[nodiscard]] std::string plain() const;
  /// Returns whether a lambda, or a class without a name, is a part of it, or a function.
  [[nodiscard]] bool is_local() const noexcept;
};

/// Reads the name that `text` begins with.
[[nodiscard]] QualifiedName read_name(std::string_view text);

/// Returns whether it is an inline namespace of a library, which nobody writes.
[[nodiscard]] bool is_inline_namespace(std::string_view name) noexcept;

}  // namespace perf_timer::inline v0_1::detail
