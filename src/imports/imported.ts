import { EFFORT } from './effort/effort.entity';
import { EMPLOYEE } from './employees/employee.entity';
import type { Entity } from './entity';
import { RECORD_ENTITIES } from './records/record-entities';
import { USAGE } from './usage/usage.entity';

/** Everything that can be imported, in the order in which it is best done: what is referred to comes first. */
export const IMPORTED: readonly Omit<Entity, 'apply'>[] = [EMPLOYEE, ...RECORD_ENTITIES, EFFORT, USAGE];
