import type { Schema } from './schema-values';

/** What the grammar knows of the product, asked of the product itself: a new tool is covered without a change here. */
export interface Facts {
  /** Host and port without a tenant. */
  readonly host: string;
  readonly tools: readonly { readonly name: string; readonly inputSchema: Schema }[];
  readonly prompts: readonly string[];
  /** URIs and URI templates. */
  readonly resources: readonly string[];
  /** Ids and e-mail addresses of rows that the connection may see. */
  readonly ownIds: readonly string[];
  /** The other tenant's; in the answers to our connection they are a leak. */
  readonly foreignIds: readonly string[];
  readonly cursors: readonly string[];
}
