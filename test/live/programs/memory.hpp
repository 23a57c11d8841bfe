//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <mutex>

/// Whoever allocates or frees in this program waits for it.
std::mutex& memory() noexcept;
