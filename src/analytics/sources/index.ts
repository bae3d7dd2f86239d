import type { Source } from '../declare';
import { AI_ADOPTED, AI_USED, AI_USERS } from './ai-usage';
import { BUDGETED } from './budgets';
import { CLASSED_COST, COST, EFFORT_COST } from './costs';
import { CHARGED } from './day-rates';
import { EXPECTED, HANDED_IN, WORKED } from './effort';
import { CONTRACTED, EMPLOYED, EMPLOYED_BEFORE, JOINED, LEFT, VACANT } from './people';
import { LEVELS, SPANS } from './structure';
import { ALLOCATED, CAPACITY, OVERLOADED } from './work';

/** By the names of their CTEs. */
export const SOURCES: Readonly<Record<string, Source>> = {
  employed: EMPLOYED,
  employed_before: EMPLOYED_BEFORE,
  joined: JOINED,
  left: LEFT,
  contracted: CONTRACTED,
  vacant: VACANT,
  spans: SPANS,
  levels: LEVELS,
  capacity: CAPACITY,
  allocated: ALLOCATED,
  overloaded: OVERLOADED,
  worked: WORKED,
  expected: EXPECTED,
  handed_in: HANDED_IN,
  charged: CHARGED,
  ai_used: AI_USED,
  ai_users: AI_USERS,
  ai_adopted: AI_ADOPTED,
  budgeted: BUDGETED,
  costs: COST,
  classed_costs: CLASSED_COST,
  effort_costs: EFFORT_COST,
};
