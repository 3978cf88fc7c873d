-- wrk script: send the whole requests of a file in turn, from the one given on, and count what is
-- not answered well. The file: for each request its length in bytes on a line, then the request.
local requests = {}
local turn

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for line in file:lines() do
    requests[#requests + 1] = file:read(tonumber(line))
  end
  file:close()
  turn = tonumber(args[2]) % #requests
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  local seconds = summary.duration / 1e6
  io.write(string.format("RESULT %d %.3f %d\n", summary.requests, seconds, failed))
end
