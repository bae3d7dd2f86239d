import type { Shown } from '../../scenarios';

/** Of who is no member any more only the id is left. */
export const nameOf = (person: { readonly id: string; readonly name?: string }): string => person.name ?? person.id;

/** `contractedFte`, `employment_terms` → words. */
export function words(field: string): string {
  return field
    .replace(/_/g, ' ')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
}

export function shown(value: Shown | undefined): string {
  return value === null || value === undefined || value === '' ? '–' : String(value);
}
