//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/operation_label.hpp>

#include <perf_timer/detail/report/operation_text.hpp>

#include "operation_table.hpp"

namespace perf_timer::inline v0_1::detail {

std::string operation_label(std::uint16_t number) {
  const OperationName name = OperationTable::instance().name_of(number);
  std::string text = name.part_of.empty() ? std::string{} : name.part_of + ": ";
  text += qualified_name(name.object, name.name);
  if (const std::string place = place_name(name.file, name.line, name.function); !place.empty())
    text += ' ' + place;
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
