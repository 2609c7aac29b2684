-- Many open pages saving in turn: at each save one text and one grade have changed.
-- `pages`, `headers`, `grades` and `first` come before this, from tests/bench/saving.py.

local page, number = 0, first

function request()
  page = page % #pages + 1
  number = number + 1
  local body = pages[page].form .. "&sequence=" .. number
    .. "&worked_well=They+listened+to+the+child+the+first+time+" .. number
    .. "&grade_response=" .. grades[math.floor(number / #pages) % #grades + 1]
  return wrk.format("POST", pages[page].address, headers, body)
end
