-- What wrk sends, and what it tells: load.lua BODIES START [PAUSE]
-- Each connection waits for PAUSE milliseconds before it asks again. BODIES has one body a line, taken in turn. HOURS in a body becomes another number each time, so that no question comes twice.

local bodies = {}
local count = 0

function init(args)
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = line
  end
  count = tonumber(args[2])
  local pause = tonumber(args[3] or 0)
  if pause > 0 then
    delay = function() return pause end
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  if #bodies == 1 and not bodies[1]:find("HOURS") then
    local same = wrk.format(nil, nil, nil, bodies[1])
    request = function() return same end
  end
end

function request()
  count = count + 1
  -- From 2 to 18 in millionths, spread by a factor that has no divisor in common with their number.
  local hours = string.format("%.6f", 2 + count * 7368787 % 16000000 / 1e6)
  return wrk.format(nil, nil, nil, (bodies[count % #bodies + 1]:gsub("HOURS", hours)))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "bytes": %d, "p50": %f, "p99": %f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
