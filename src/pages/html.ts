import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Escaped markup. `html` escapes every value put into it but other markup; there is no way round it here (no `raw`). */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export { html };
