/** How many people are behind a group; `sure` is a number that can be added up over groups without counting anybody twice. */
export interface Group {
  readonly id: string;
  readonly people: number;
  readonly sure: number;
}

/** What must not be shown: single groups, and groups with all that is below them. The whole is below ''. */
export interface Hidden {
  readonly groups: ReadonlySet<string>;
  readonly subtrees: ReadonlySet<string>;
}

interface Part {
  readonly id: string;
  readonly subtree: boolean;
  readonly people: number;
}

/**
 * Groups of fewer people than `least` are hidden. Where a total is shown of which a single hidden part could be reckoned back, or
 * several that are still too few, the smallest part that is large enough is hidden with them; and where a total is hidden, so
 * is one of its parts at least. The parts of a group are its own people and the subtrees directly below it.
 *
 * @param parents of the groups that form a tree; the others are directly below the whole
 * @param everybody how many people are behind the whole
 */
export function hide(groups: readonly Group[], parents: ReadonlyMap<string, string | null>, everybody: number, least: number): Hidden {
  const own = new Map(groups.map((group) => [group.id, group]));
  const below = childrenOf(groups, parents);
  const sizes = new Map<string, { people: number; sure: number }>();
  const sizeOf = (id: string): { people: number; sure: number } => {
    const known = sizes.get(id);
    if (known) return known;
    const parts = [own.get(id) ?? { people: 0, sure: 0 }, ...(below.get(id) ?? []).map(sizeOf)];
    const sure = parts.reduce((sum, part) => sum + part.sure, 0);
    const size = { sure, people: Math.max(sure, ...parts.map(({ people }) => people)) };
    sizes.set(id, size);
    return size;
  };
  const hidden = { groups: new Set<string>(), subtrees: new Set<string>() };
  const visit = (id: string, shown: boolean, ownGroup: Group | undefined): void => {
    const subtrees = (below.get(id) ?? []).map((child): Part => ({ id: child, subtree: true, people: sizeOf(child).people }));
    const parts = [...(ownGroup ? [{ id, subtree: false, people: ownGroup.people }] : []), ...subtrees].filter(({ people }) => people > 0);
    const kept = keptBack(parts, shown, least);
    for (const part of kept) (part.subtree ? hidden.subtrees : hidden.groups).add(part.id);
    for (const child of subtrees) visit(child.id, !hidden.subtrees.has(child.id), own.get(child.id));
  };
  if (everybody < least) hidden.subtrees.add(WHOLE);
  visit(WHOLE, everybody >= least, own.get(WHOLE));
  return hidden;
}

/** Of the whole, and of the group of those who are in none. */
export const WHOLE = '';

function keptBack(parts: readonly Part[], shown: boolean, least: number): readonly Part[] {
  const few = parts.filter(({ people }) => people < least);
  if (shown && few.length === 0) return [];
  const enough = parts.filter(({ people }) => people >= least).sort((a, b) => a.people - b.people || (a.id < b.id ? -1 : 1));
  return [...few, ...enough.slice(0, 1)];
}

/** The groups directly below each, those without people of their own included where somebody is below them. */
function childrenOf(groups: readonly Group[], parents: ReadonlyMap<string, string | null>): Map<string, string[]> {
  const below = new Map<string, string[]>();
  const placed = new Set([WHOLE]);
  const place = (id: string): void => {
    if (placed.has(id)) return;
    placed.add(id);
    const parent = parents.get(id) ?? WHOLE;
    below.set(parent, [...(below.get(parent) ?? []), id]);
    place(parent);
  };
  groups.forEach(({ id }) => place(id));
  return below;
}
