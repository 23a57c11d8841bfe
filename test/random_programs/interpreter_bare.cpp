//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/interpreter_impl.hpp"

namespace perf_timer::test::random_programs {

void start_bare(Stage& stage, const Program& program) {
  const auto interpreter = std::make_shared<Interpreter<ProbeExecutor>>(stage);
  stage.keep(interpreter);
  interpreter->start(program);
}

}  // namespace perf_timer::test::random_programs
