import { AGENTS } from './entities/agents';
import { ALLOCATIONS } from './entities/allocations';
import { BUDGETS } from './entities/budgets';
import { CONTRACTORS } from './entities/contractors';
import { FX_RATES } from './entities/fx-rates';
import { HOLIDAYS } from './entities/holidays';
import { PROJECTS } from './entities/projects';
import { TEAMS } from './entities/teams';
import { VACANCIES } from './entities/vacancies';
import type { RecordEntity } from './record';

/** In the order in which they are best imported: what is referred to comes before what refers to it. */
export const RECORD_ENTITIES: readonly RecordEntity[] = [
  TEAMS,
  CONTRACTORS,
  VACANCIES,
  AGENTS,
  PROJECTS,
  ALLOCATIONS,
  BUDGETS,
  FX_RATES,
  HOLIDAYS,
];
