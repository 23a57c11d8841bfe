//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "explore.hpp"

#include <memory>
#include <string>
#include <vector>

namespace explored {

/// A test: nothing goes wrong in the scenario. Something does if the code asks in vain for any one
/// of the orders that are `needed`.
struct Registered {
  Registered(std::string named, MakeScenario makes, Effort with, std::vector<std::string> needs)
      : name(std::move(named)), make(makes), effort(with), needed(std::move(needs)) {
    all().push_back(this);
  }
  static std::vector<const Registered*>& all() {
    static auto& registered = *new std::vector<const Registered*>;
    return registered;
  }

  std::string name;
  MakeScenario make;
  Effort effort;
  std::vector<std::string> needed;
};

template <class S>
std::unique_ptr<Scenario> make() {
  return std::make_unique<S>();
}

}  // namespace explored
