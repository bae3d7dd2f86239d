import type { CallContext } from '../access';
import { buckets, type Calendar } from './calendar';
import { Parameters } from './parameters';
import type { GuardedPay } from './pay-rules';
import { PERIOD } from './query';
import type { Question } from './question';
import { employeesBehind } from './sources/costs';
import { type Group, hide, type Hidden, WHOLE } from './suppression';
import { type Bucket, bucketRows } from './buckets.sql';

/** A group of an answer (null is '') whose pay is left out: all of it, or only what it is made of. */
export interface HiddenGroup {
  readonly series: number;
  readonly n: number;
  readonly id: string;
  readonly partsOnly: boolean;
}

/** Who is behind a month: by group the people, those that can be added up, and the same of those with a bonus. */
interface Counted {
  readonly month: string;
  readonly groups: readonly [id: string, people: number, sure: number, rewarded: number, sureRewarded: number][];
  readonly everybody: number;
  readonly everybodyRewarded: number;
}

interface Month {
  readonly from: string;
  readonly all: Hidden;
  readonly parts: Hidden;
}

/**
 * What of an answer has to be hidden. It is decided month by month over all groups of the dimension, whatever is asked of
 * them: a question for one group or another period then tells nothing that the question for all of them hides.
 */
export async function hiddenGroups(
  ctx: CallContext,
  { splits }: Question,
  axis: readonly Bucket[],
  { dimension, within }: GuardedPay,
  calendar: Calendar & { readonly minGroupSize: number },
): Promise<HiddenGroup[]> {
  const months = await hiddenByMonth(ctx, axis, dimension, calendar);
  const target = (hidden: Hidden): boolean =>
    within?.op === 'eq' ? hidden.groups.has(within.id) : hidden.subtrees.has(within?.id ?? WHOLE);
  const bySplit = splits.some((one) => one !== PERIOD);
  return axis.flatMap(({ series, n, from, to }) => {
    const touched = months.filter((month) => month.from >= from && month.from <= to);
    const idsOf = (which: 'all' | 'parts'): Set<string> =>
      new Set(touched.flatMap((month) => (bySplit && n > 0 ? [...month[which].groups] : target(month[which]) ? [WHOLE] : [])));
    const all = idsOf('all');
    const parts = [...idsOf('parts')].filter((id) => !all.has(id));
    return [...[...all].map((id) => ({ series, n, id, partsOnly: false })), ...parts.map((id) => ({ series, n, id, partsOnly: true }))];
  });
}

async function hiddenByMonth(
  ctx: CallContext,
  axis: readonly Bucket[],
  dimension: GuardedPay['dimension'],
  calendar: Calendar & { readonly minGroupSize: number },
): Promise<Month[]> {
  const months = [...new Map(axis.flatMap((span) => buckets(span, 'month', calendar)).map((month) => [month.from, month])).values()];
  const parameters = new Parameters(ctx.orgId);
  const rows = months.map((month, n): Bucket => ({ ...month, series: 0, n }));
  const sql = employeesBehind(bucketRows(rows, calendar.today, parameters), dimension);
  const counted = await ctx.db.query<Counted[]>(sql, parameters.values);
  const parents = dimension === 'team' ? await parentsOfTeams(ctx) : new Map<string, string | null>();
  return counted.map(({ month, groups, everybody, everybodyRewarded }) => {
    const hidden = (people: number, sure: number, whole: number): Hidden => {
      const behind = groups.map((group): Group => ({ id: group[0], people: group[people] as number, sure: group[sure] as number }));
      return hide(
        behind.filter((group) => group.people > 0),
        parents,
        whole,
        calendar.minGroupSize,
      );
    };
    const [all, rewarded] = [hidden(1, 2, everybody), hidden(3, 4, everybodyRewarded)];
    // Nobody with a bonus hides nothing.
    const parts =
      everybodyRewarded === 0 ? all : { groups: union(all.groups, rewarded.groups), subtrees: union(all.subtrees, rewarded.subtrees) };
    return { from: month, all: everybody === 0 ? NOTHING : all, parts: everybody === 0 ? NOTHING : parts };
  });
}

const NOTHING: Hidden = { groups: new Set(), subtrees: new Set() };

const union = (one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> => new Set([...one, ...other]);

async function parentsOfTeams(ctx: CallContext): Promise<Map<string, string | null>> {
  const teams = await ctx.db.query<{ id: string; parent: string | null }[]>(
    'select id, parent_team_id as parent from team where org_id = $1',
    [ctx.orgId],
  );
  return new Map(teams.map(({ id, parent }) => [id, parent]));
}
