/** Detail words of RFC 7644, table 9. */
export type ScimType =
  'invalidFilter' | 'tooMany' | 'uniqueness' | 'mutability' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'invalidValue' | 'invalidVers';

/** An answer that is a refusal, in the form of RFC 7644 §3.12. The sentence is for whoever reads the directory's log; it quotes nothing. */
export class ScimError extends Error {
  override readonly name = 'ScimError';

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly scimType?: ScimType,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

export const invalidValue = (detail: string): ScimError => new ScimError(400, detail, 'invalidValue');
export const conflict = (detail: string): ScimError => new ScimError(409, detail, 'uniqueness');
export const missing = (): ScimError => new ScimError(404, 'There is no such resource in this organization.');
