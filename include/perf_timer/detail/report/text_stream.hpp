//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <locale>
#include <sstream>

namespace perf_timer::inline v0_1::detail {

/// Makes a text of the library's own, in which numbers look the same whatever the global locale of
/// the program is: "thread 29375", and not "thread 29,375".
class TextStream : public std::ostringstream {
 public:
  TextStream() { imbue(std::locale::classic()); }
};

}  // namespace perf_timer::inline v0_1::detail
