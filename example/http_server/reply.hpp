//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>

namespace http_server {

/// A route's answer, independent of HTTP's wire format.
struct Reply {
  std::string body;
  std::string type = "text/plain";
  unsigned status = 200;
};

}  // namespace http_server
