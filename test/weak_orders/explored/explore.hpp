//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace explored {

/// What threads do with an object of the library. One is made for each execution, before its
/// threads start. Each runs `thread` once; then comes `after`.
class Scenario {
 public:
  Scenario() = default;
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;
  virtual ~Scenario() = default;
  virtual void thread(unsigned index) = 0;
  virtual void after() {}
};

struct Explored {
  std::string error;             ///< of the execution that went wrong; empty if none did
  std::uint64_t executions = 0;  ///< up to that one
  bool all = false;              ///< there are no others, to the depth to which stores are kept
};

/// An order that isn't relaxed, where the code under test asks for it.
struct Asked {
  std::string
      name;  ///< the function, the operation, what is asked for, such as "push store release"
  std::string file;
  unsigned line = 0, column = 0;
  unsigned what = 0;
};

/// How executions are chosen.
struct Effort {
  unsigned threads = 2;
  std::uint64_t at_random = 20'000;  ///< executions
  bool exhaustive = false;           ///< all of them, instead
};

using MakeScenario = std::unique_ptr<Scenario> (*)();

/// Runs it in many orders, and shows threads older values where the orders that the code asks for
/// allow that. With `without`, as if the code hadn't asked for that one.
[[nodiscard]] Explored explore(MakeScenario make, const Effort& effort,
                               const Asked* without = nullptr);
/// Returns what was asked for since the last call.
[[nodiscard]] std::vector<Asked> fetch_asked();

/// Of a scenario: which of its threads this is. The constructor runs on one of them.
[[nodiscard]] unsigned this_thread_index() noexcept;
/// Of a scenario: ends the execution as one that went wrong, unless `is_right`.
void expect(bool is_right, const char* what) noexcept;
/// A clock's: each reading is later than all before it.
[[nodiscard]] std::int64_t clock_reading() noexcept;

}  // namespace explored
