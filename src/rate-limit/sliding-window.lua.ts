import { BUCKETS } from './rate-limit-store';

/**
 * The window of one caller as a Redis hash: field = bucket number, value = count. One script, so that replicas cannot
 * interleave; Redis's own clock, so that theirs need not agree.
 * KEYS[1]; ARGV: limit, window in ms, cost (0 = look only). Returns { allowed 0|1, used, reset in ms }.
 */
export const SLIDING_WINDOW = `
local limit, windowMs, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local width = windowMs / ${BUCKETS}
local bucket = math.floor(now / width)
local fields = redis.call('HGETALL', KEYS[1])
local used, kept, stale = 0, {}, {}
for i = 1, #fields, 2 do
  local entry = { bucket = tonumber(fields[i]), count = tonumber(fields[i + 1]) }
  if entry.bucket < bucket - ${BUCKETS} then
    stale[#stale + 1] = fields[i]
  else
    kept[#kept + 1] = entry
    used = used + entry.count
  end
end
local allowed = used + math.max(cost, 1) <= limit
if allowed and cost > 0 then
  if #stale > 0 then redis.call('HDEL', KEYS[1], unpack(stale)) end
  redis.call('HINCRBY', KEYS[1], string.format('%d', bucket), cost)
  redis.call('PEXPIRE', KEYS[1], math.ceil(windowMs + 2 * width))
  kept[#kept + 1] = { bucket = bucket, count = cost }
  used = used + cost
end
local missing = (allowed and 1 or math.max(cost, 1)) - math.max(0, limit - used)
local reset = 0
if missing > 0 then
  table.sort(kept, function(a, b) return a.bucket < b.bucket end)
  for _, entry in ipairs(kept) do
    reset = (entry.bucket + ${BUCKETS + 1}) * width - now
    missing = missing - entry.count
    if missing <= 0 then break end
  end
end
return { allowed and 1 or 0, used, math.ceil(reset) }
`;
