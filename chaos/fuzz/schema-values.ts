import { Dice } from './dice';
import type { Facts } from './facts';
import { jsonText, oddJson, oddText } from './values';

/** The part of JSON Schema that tools describe their arguments with. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** Raw JSON of an object that fits the schema, mostly: each member may be left out, wrong, repeated or unheard of. */
export function argumentsFor(dice: Dice, schema: Schema, facts: Facts, sound = dice.chance(0.4)): string {
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    if (!(required.has(name) ? sound || dice.chance(0.9) : dice.chance(0.35))) return [];
    const value = sound || dice.chance(0.6) ? fitting(dice, name, one, facts) : oddJson(dice, 1);
    return [`${jsonText(dice, name)}:${value}`];
  });
  if (!sound && dice.chance(0.15)) members.push(`${jsonText(dice, oddText(dice))}:${oddJson(dice, 1)}`);
  if (!sound && dice.chance(0.1) && members[0] !== undefined) members.push(members[0]);
  return `{${members.join(',')}}`;
}

/** Raw JSON of one fitting value. */
function fitting(dice: Dice, name: string, schema: Schema, facts: Facts): string {
  if (schema.enum) return JSON.stringify(dice.pick(schema.enum));
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'boolean':
      return dice.pick(['true', 'false']);
    case 'integer':
    case 'number':
      return String(dice.pick([schema.minimum ?? 0, schema.maximum ?? 100, (schema.minimum ?? 0) + dice.below(50)]));
    case 'array':
      return `[${dice.several(0, 3, () => fitting(dice, name, schema.items ?? {}, facts)).join(',')}]`;
    case 'object':
      return argumentsFor(dice, schema, facts);
    case 'string':
      return jsonText(dice, schema.format === 'date' ? day(dice) : fittingText(dice, name, facts));
    default:
      return oddJson(dice, 1);
  }
}

function day(dice: Dice): string {
  const two = (most: number): string => String(1 + dice.below(most)).padStart(2, '0');
  return `${dice.pick(['1900', '1999', '2024', '2025', '2026', '2027', '2199'])}-${two(12)}-${two(31)}`;
}

/** Ids and addresses that exist here or in the other organization, words of names, cursors; or anything. */
function fittingText(dice: Dice, name: string, facts: Facts): string {
  if (/id$/i.test(name) && dice.chance(0.85)) return dice.pick(dice.chance(0.7) ? facts.ownIds : facts.foreignIds);
  if (/cursor/i.test(name) && dice.chance(0.6)) return dice.pick(facts.cursors);
  if (/currency/i.test(name) && dice.chance(0.8)) return dice.pick(['EUR', 'USD', 'GBP', 'JPY', 'XXX', 'eur', 'BTC']);
  return dice.chance(0.5)
    ? dice.pick(['a', 'an', 'ma sch', 'SQL', 'Machine learning', 'ö', 'Zoë', '-', "O'Brien", 'example'])
    : oddText(dice);
}
