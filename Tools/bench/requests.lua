-- Requests for wrk: NNN in the path becomes a number from 000 to 099, another one each time.
local token = os.getenv("BENCH_TOKEN")
local requests, turn = {}, 0

function init(arguments)
    if token and token ~= "" then wrk.headers["Authorization"] = "Bearer " .. token end
    local path = wrk.path
    for number = 0, 99 do
        requests[number] = wrk.format("GET", (path:gsub("NNN", string.format("%03d", number * 37 % 100))))
    end
end

function request()
    turn = (turn + 1) % 100
    return requests[turn]
end
