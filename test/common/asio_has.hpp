//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/version.hpp>

// What standalone Asio 1.22 doesn't have, and Boost.Asio 1.26 has. Tests of it are left out there.

/// `any_completion_handler`.
#define ASIO_HAS_ERASED_HANDLERS (BOOST_ASIO_VERSION >= 102600)
/// `make_parallel_group` of a range.
#define ASIO_HAS_RANGED_GROUPS (BOOST_ASIO_VERSION >= 102600)
/// `co_await` of a deferred operation.
#define ASIO_AWAITS_DEFERRED (BOOST_ASIO_VERSION >= 102600)
/// `experimental::co_composed`.
#define ASIO_HAS_CO_COMPOSED (BOOST_ASIO_VERSION >= 102600)
/// `experimental::use_promise`.
#define ASIO_HAS_USE_PROMISE (BOOST_ASIO_VERSION >= 102600)
/// The executor of `use_future` says what its context is, so an operation can be followed there.
#define ASIO_FOLLOWS_FUTURES (BOOST_ASIO_VERSION >= 102600)
/// `dispatch` doesn't execute at once on an executor of which `blocking.never` was required.
#define ASIO_DISPATCH_KEEPS_NEVER (BOOST_ASIO_VERSION >= 102600)
/// The end of a coroutine that never was suspended isn't submitted as a strand submits its queue
/// (rule 8). So nothing that it resumes is flagged.
#define ASIO_ENDS_UNLIKE_A_STRAND (BOOST_ASIO_VERSION >= 102600)
/// An exception of what an awaited operation initiates reaches the coroutine. It ended the program.
#define ASIO_INITIATIONS_MAY_THROW (BOOST_ASIO_VERSION >= 102600)
/// `spawn` by Boost.Context. It was by Boost.Coroutine before.
#define ASIO_SPAWNS_BY_CONTEXT (BOOST_ASIO_VERSION >= 102600)
