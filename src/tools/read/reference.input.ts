import { OneOf, OPTIONAL, Paged, Text } from '../fields';

export class SearchCodeList extends Paged {
  @Text('Part of the name.', { ...OPTIONAL, max: 100 }) query?: string;
}

const KINDS = ['geographies', 'job_roles', 'work_types', 'cost_centres', 'value_streams', 'fx_rates', 'holidays'] as const;

export class GetReferenceData extends SearchCodeList {
  @OneOf(KINDS, 'Which list.') kind: (typeof KINDS)[number];
}
