-- Distributed under the Boost Software License, Version 1.0.
-- (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
--
-- wrk's script: each of its five threads is the clients of one route. They pause between two
-- requests, as clients do, lest the cheapest route take both cores: what should be seen is why a
-- route takes long, not that the machine is full.
local clients = {
  { path = "/hello", pause = 10 },  -- in ms, on average
  { path = "/thumbnail", pause = 60 },
  { path = "/upstream", pause = 5 },
  { path = "/ledger", pause = 2 },
  { path = "/visits", pause = 20 },
}

local threads = 0

function setup(thread)
  thread:set("path", clients[threads % #clients + 1].path)
  thread:set("pause", clients[threads % #clients + 1].pause)
  threads = threads + 1
end

function request() return wrk.format("GET", path) end

function delay() return math.random(0, 2 * pause) end
