import { declared, ENTITY_NAMES, type Entity } from './entities';

const OWNED = ENTITY_NAMES.filter((entity) => declared(entity).of !== undefined);

const RESOURCES: readonly Entity[] = ['employee', 'contractor', 'vacancy', 'ai_agent'];

/** Rows that heads, FTE or costs of somebody depend on. */
export const COUNTED: readonly Entity[] = [...RESOURCES, ...OWNED];

/** The columns of such a row that say whose they are: one of them is given. */
export const subjectColumns = (entity: Entity): readonly string[] => declared(entity).of ?? ['id'];

/** The same as SQL, over the alias `x`. */
export const subjectOf = (entity: Entity): string =>
  `coalesce(${subjectColumns(entity)
    .map((column) => `x.${column}`)
    .join(', ')})`;

const OF_BASE = [...new Set(OWNED.flatMap(subjectColumns))].map((column) => `c.base->>'${column}'`).join(', ');

/** Whom rows were about that the scenario has deleted. $1 organization · $2 scenario */
export const deletedSubjects = (plan: string, rows: string): string => `
  select c.entity_id as id, coalesce(${OF_BASE}) as subject from plan_change c
    where c.org_id = $1 and c.plan_id = ${plan} and c.op = 'delete' and c.entity_id = any (${rows})`;

/** Of each row whom it is about; a row that the scenario has deleted is as it was before. $1 organization · $2 scenario · $3 rows */
export const SUBJECTS = `
  ${OWNED.map((entity) => `select x.id, ${subjectOf(entity)} as subject from ${entity} x where x.org_id = $1 and x.id = any ($3)`).join('\n  union ')}
  union ${deletedSubjects('$2', '$3')}`;

/** Rows about one that others know by its id: its terms, pay, rates and allocations. $1 organization · $2 scenario · $3 whose */
export const BELONGINGS = `
  ${OWNED.map(
    (entity) =>
      `select x.id from ${entity} x where x.org_id = $1 and (${subjectColumns(entity)
        .map((column) => `x.${column} = $3`)
        .join(' or ')})`,
  ).join('\n  union ')}
  union select c.entity_id from plan_change c where c.org_id = $1 and c.plan_id = $2 and c.op = 'delete' and $3 in (${OF_BASE})`;
