-- SPDX-License-Identifier: MIT
-- A gnuplot terminal (`set terminal lua "drawlist.lua" size W,H`, points) that prints each plot as
-- a draw list: the records of reckon's *.draw files (render/chart_draw.h) between two lines
-- "chart ID" and "finish ID COUNT", where ID is the integer variable CHART_ID and COUNT the number
-- of records. reckon puts words in the place of the tokens ("~0007") that arrive here as texts.
-- Enhanced text is refused on purpose: a text is a text.

local UNITS = 100 -- terminal units in a point
local width, height = 450, 220

local pen = { width = 1, colour = "#000000", dash = "-" }
local align = "left"
local mark_size = 1
local hidden = false
local path = {}
local records = 0

-- Odd types are filled, even ones are white inside, as gnuplot's own numbers have it.
local SHAPES = { [4] = "square", [6] = "circle", [8] = "triangle", [10] = "down", [12] = "diamond" }
local ALIGNS = { left = "left", center = "middle", right = "right" }

term.description = "draw lists for reckon"
term.flags = term.TERM_BINARY + term.TERM_CAN_MULTIPLOT + term.TERM_CAN_DASH + term.TERM_LINEWIDTH

local function points(value)
    return (string.format("%.2f", value / UNITS):gsub("%.?0+$", ""))
end

local function record(...)
    gp.write(string.format(...) .. "\n")
    records = records + 1
end

local function coordinates(list)
    local out = { tostring(#list) }
    for _, at in ipairs(list) do
        out[#out + 1] = points(at[1])
        out[#out + 1] = points(at[2])
    end
    return table.concat(out, " ")
end

local function flush()
    if #path > 1 and not hidden then
        record("line %g %s %s %s", pen.width, pen.colour, pen.dash, coordinates(path))
    end
    path = {}
end

local function area(style, parameter, corners)
    flush()
    if style:find("PATTERN") then
        record("hatch %d %s %s", parameter, pen.colour, coordinates(corners))
    else
        record("fill %s %s", pen.colour, coordinates(corners))
    end
    return 1
end

local function resize()
    term.xmax, term.ymax = math.floor(width * UNITS + 0.5), math.floor(height * UNITS + 0.5)
    term.h_char, term.v_char = 4 * UNITS, 10 * UNITS
    term.h_tic, term.v_tic = 3 * UNITS, 3 * UNITS
end
resize()

term.options = function(options)
    local w, h = options:match("size%s+([%d.]+)%s*,%s*([%d.]+)")
    if w then
        width, height = tonumber(w), tonumber(h)
    end
    resize()
    gp.term_options(string.format("size %g,%g", width, height))
    return 1
end

local function chart_id()
    local id = gp.get_all_variables()["CHART_ID"]
    return id and id[2] == "int" and id[3] or -1
end

term.init = function() return 1 end
term.reset = function() return 1 end

term.graphics = function()
    path, records, hidden = {}, 0, false
    gp.write(string.format("chart %d\nsize %s %s\n", chart_id(), points(term.xmax),
        points(term.ymax)))
    return 1
end

term.text = function()
    flush()
    gp.write(string.format("finish %d %d\n", chart_id(), records))
    return 1
end

term.move = function(x, y)
    local last = path[#path]
    if not last or last[1] ~= x or last[2] ~= y then
        flush()
        path = { { x, y } }
    end
    return 1
end

term.vector = function(x, y)
    local last = path[#path]
    if not last or last[1] ~= x or last[2] ~= y then
        path[#path + 1] = { x, y }
    end
    return 1
end

-- Of gnuplot's own line types only "none" (-3), background (-4) and "the other ones" are known:
-- reckon names every colour.
term.linetype = function(kind)
    flush()
    hidden = kind == -3
    pen.colour = kind == -4 and "#FFFFFF" or "#000000"
    return 1
end

term.dashtype = function(kind, pattern)
    flush()
    if kind == -3 and pattern and #pattern >= 2 then
        pen.dash = string.format("%g,%g", pattern[1] * pen.width, pattern[2] * pen.width)
    else
        pen.dash = "-"
    end
    return 1
end

term.linewidth = function(w)
    flush()
    pen.width = w
    return 1
end

term.set_color = function(kind, linetype, _, _, red, green, blue)
    flush()
    if kind == "LT" then
        return term.linetype(linetype)
    end
    local function byte(part) return math.floor(part * 255 + 0.5) end
    pen.colour = string.format("#%02X%02X%02X", byte(red), byte(green), byte(blue))
    return 1
end

term.pointsize = function(size)
    mark_size = size < 0 and 1 or size
    return 1
end

term.point = function(x, y, kind)
    flush()
    -- gnuplot counts from 0 here: its "pt 7" arrives as 6.
    local number = kind + 1
    local filled = number % 2 == 1
    local shape = SHAPES[filled and number - 1 or number] or "circle"
    record("mark %s %g %g %s %s %s %s", shape, mark_size, pen.width, pen.colour,
        filled and pen.colour or "#FFFFFF", points(x), points(y))
    return 1
end

term.boxfill = function(style, parameter, x, y, w, h)
    return area(style, parameter, { { x, y }, { x + w, y }, { x + w, y + h }, { x, y + h } })
end

term.filled_polygon = function(style, parameter, corners)
    return area(style, parameter, corners)
end

term.put_text = function(x, y, text)
    flush()
    record('text 8 regular %s #000000 %s %s "%s"', align, points(x), points(y), text)
    return 1
end

term.justify_text = function(side)
    align = ALIGNS[side] or "left"
    return 1
end

term.arrow = function() return 0 end -- gnuplot draws it with lines
term.text_angle = function() return 1 end
term.set_font = function() return 1 end
term.layer = function() flush() return 1 end
term.path = function() flush() return 1 end
