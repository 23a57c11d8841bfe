//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#if defined(BOOST_ASIO_CUSTOM_HANDLER_TRACKING)
#include "common/standing_steady_clock.hpp"
#endif
