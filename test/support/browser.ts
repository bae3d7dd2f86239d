/** A page as a person without a mouse, a screen or JavaScript gets it. */
export interface LoadedPage {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly forms: readonly LoadedForm[];
}

export interface LoadedForm {
  readonly action: string;
  /** What the form sends as it came: hidden fields, prefilled values, checked boxes. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * An address of its own for whoever calls, so that limits per address do not make tests depend on each other. Counts
 * where the app trusts its neighbour (TRUST_PROXY).
 */
export function fromElsewhere(): Record<string, string> {
  const part = (): number => 1 + Math.floor(Math.random() * 254);
  return { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` };
}

/** A browser as far as forms go: it keeps cookies by host, follows redirects on its origin and stops at those that leave it. */
export class Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(readonly headers: Readonly<Record<string, string>> = fromElsewhere()) {}

  get(url: string): Promise<LoadedPage> {
    return this.load(url, { method: 'GET' });
  }

  post(url: string, fields: Readonly<Record<string, string | readonly string[]>>): Promise<LoadedPage> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])),
    );
    return this.load(url, { method: 'POST', body, headers: { origin: new URL(url).origin } });
  }

  /** Fills in and sends the page's form that has the named field (or its first). */
  submit(page: LoadedPage, values: Readonly<Record<string, string | readonly string[]>>, field?: string): Promise<LoadedPage> {
    const form = page.forms.find(({ fields }) => field === undefined || field in fields) ?? page.forms[0];
    if (!form) throw new Error(`There is no form on ${page.url} (status ${page.status}): ${page.html.slice(0, 400)}`);
    return this.post(new URL(form.action, page.url).href, { ...form.fields, ...values });
  }

  cookie(host: string, name: string): string | undefined {
    return this.jar.get(host)?.get(name);
  }

  setCookie(host: string, name: string, value: string): void {
    const cookies = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, cookies.set(name, value));
  }

  private async load(url: string, init: RequestInit, redirects = 0): Promise<LoadedPage> {
    const target = new URL(url);
    const cookies = [...(this.jar.get(target.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...this.headers, ...init.headers, ...(cookies && { cookie: cookies }) },
    });
    for (const line of response.headers.getSetCookie()) this.keep(target.host, line);
    const location = response.headers.get('location');
    const next = location === null ? undefined : new URL(location, url);
    if (next && next.origin === target.origin && redirects < 10) {
      await response.arrayBuffer();
      return this.load(next.href, { method: 'GET' }, redirects + 1);
    }
    const html = await response.text();
    return { url, status: response.status, headers: response.headers, html, forms: formsOf(html) };
  }

  private keep(host: string, line: string): void {
    const [pair = ''] = line.split(';', 1);
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (/max-age=0/i.test(line)) this.jar.get(host)?.delete(name);
    else this.setCookie(host, name, value);
  }
}

function formsOf(html: string): LoadedForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', content = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    fields: Object.fromEntries([
      ...[...content.matchAll(/<input\b([^>]*)>/g)]
        .map(([, input = '']) => input)
        .filter(isSent)
        .map((input) => [attribute(input, 'name'), attribute(input, 'value') ?? '']),
      ...[...content.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].map(([, select = '', options = '']) => [
        attribute(select, 'name'),
        selected(options),
      ]),
      ...[...content.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)].map(([, area = '', text = '']) => [
        attribute(area, 'name'),
        unescaped(text),
      ]),
    ]),
  }));
}

/** The option that is chosen, else the first. */
function selected(options: string): string {
  const tags = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, tag = '']) => tag);
  return attribute(tags.find((tag) => /\sselected(?=[\s>/]|$)/.test(tag)) ?? tags[0] ?? '', 'value') ?? '';
}

function isSent(input: string): boolean {
  if (attribute(input, 'name') === undefined) return false;
  const type = attribute(input, 'type');
  return (type !== 'checkbox' && type !== 'radio') || /\schecked(?=[\s>/]|$)/.test(input);
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
