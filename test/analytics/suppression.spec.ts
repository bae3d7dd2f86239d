import fc from 'fast-check';
import { Group, hide, WHOLE } from '../../src/analytics/suppression';

const LEAST = 3;

/** Groups in a tree (each below an earlier one or the top), the one of nobody's group among them; how many people each has. */
const trees = fc
  .array(fc.record({ people: fc.integer({ min: 0, max: 6 }), above: fc.nat() }), { minLength: 1, maxLength: 9 })
  .map((drawn) => {
    const ids = drawn.map((_, index) => (index === 0 ? WHOLE : `g${index}`));
    const parents = new Map(
      drawn.flatMap(({ above }, index): [string, string | null][] => {
        const parent = ids[above % Math.max(index, 1)] as string;
        return index === 0 ? [] : [[ids[index] as string, parent === WHOLE ? null : parent]];
      }),
    );
    const groups = drawn
      .map(({ people }, index): Group => ({ id: ids[index] as string, people, sure: people }))
      .filter(({ people }) => people > 0);
    return { groups, parents };
  });

type Vector = number[];

/** Whether somebody who knows these sums can work out another one. */
function follows(known: readonly Vector[], wanted: Vector): boolean {
  return rank([...known, wanted]) === rank(known);
}

function rank(rows: readonly Vector[]): number {
  const left = rows.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const pivot = left.findIndex((row, index) => index >= found && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [left[found], left[pivot]] = [left[pivot]!, left[found]!];
    const top = left[found]!;
    for (let index = found + 1; index < left.length; index += 1) {
      const factor = left[index]![column]! / top[column]!;
      left[index] = left[index]!.map((value, at) => value - factor * top[at]!);
    }
    found += 1;
  }
  return found;
}

describe('hidden groups', () => {
  it('cannot be reckoned back from all that is shown, alone or together with others while they are still too few', () => {
    fc.assert(
      fc.property(trees, ({ groups, parents }) => {
        const everybody = groups.reduce((sum, { people }) => sum + people, 0);
        const hidden = hide(groups, parents, everybody, LEAST);
        const isBelow = (id: string, top: string): boolean => id === top || (id !== WHOLE && isBelow(parents.get(id) ?? WHOLE, top));
        const single = (id: string): Vector => groups.map((group) => Number(group.id === id));
        const subtree = (id: string): Vector => groups.map((group) => Number(isBelow(group.id, id)));
        const known = [
          ...groups.filter(({ id }) => !hidden.groups.has(id)).map(({ id }) => single(id)),
          ...[WHOLE, ...parents.keys()].filter((id) => !hidden.subtrees.has(id)).map(subtree),
        ];
        // Each set of groups with too few people, whatever it is called.
        for (let set = 1; set < 2 ** groups.length; set += 1) {
          const wanted = groups.map((_, index) => (set >> index) & 1);
          const people = groups.reduce((sum, group, index) => sum + group.people * wanted[index]!, 0);
          if (people < LEAST) expect(follows(known, wanted)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are none where every group is large enough', () => {
    fc.assert(
      fc.property(trees, ({ groups, parents }) => {
        const large = groups.map((group) => ({ ...group, people: group.people + LEAST, sure: group.people + LEAST }));
        const everybody = large.reduce((sum, { people }) => sum + people, 0);
        const hidden = hide(large, parents, everybody, LEAST);
        expect([hidden.groups.size, hidden.subtrees.size]).toEqual(large.length > 0 ? [0, 0] : [0, 1]);
      }),
    );
  });

  it('takes the smallest group that is large enough along with one that is too small', () => {
    const groups = [
      ['a', 1],
      ['b', 9],
      ['c', 4],
    ].map(([id, people]) => ({ id, people, sure: people }) as Group);
    expect([...hide(groups, new Map(), 14, LEAST).groups].sort()).toEqual(['a', 'c']);
  });

  it('counts nobody twice: three groups of the same single person are one person', () => {
    const groups = ['a', 'b', 'c'].map((id, index): Group => ({ id, people: 1, sure: index === 0 ? 1 : 0 }));
    const parents = new Map([
      ['a', 'top'],
      ['b', 'top'],
      ['c', 'top'],
      ['top', null],
    ]);
    const hidden = hide([...groups, { id: 'other', people: 5, sure: 5 }], parents, 6, LEAST);
    expect([...hidden.subtrees].sort()).toEqual(['a', 'b', 'c', 'other', 'top']);
  });
});
