-- wrk script: POST the JSON bodies of a file, one a line, in turn; count what is not 200.
local bodies = {}

function init(args)
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = line
  end
end

local turn = 0

function request()
  turn = turn % #bodies + 1
  return wrk.format("POST", "/api/v1/checks", {["Content-Type"] = "application/json"}, bodies[turn])
end

function done(summary)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  local seconds = summary.duration / 1e6
  io.write(string.format("RESULT %d %.3f %d\n", summary.requests, seconds, failed))
end
