/** Shared by the queries of src/costs. */
export const COST_FUNCTIONS = `
  -- Mondays to Fridays from 0001-01-01, a Monday, to this day, which counts too.
  create function platform.weekdays_until(day date) returns integer language sql immutable strict parallel safe as $$
    select (day - date '0001-01-01') / 7 * 5 + least((day - date '0001-01-01') % 7 + 1, 5)
  $$;

  -- A sum of costs for output. Parts of a year and inverse rates are rounded far below 8 places; what is a half cent in truth has to be one here.
  create function platform.cost_text(amount numeric) returns text language sql immutable strict parallel safe as $$
    select money_text(round(amount, 8))
  $$;
`;
