/** An HTTP answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** False for a stream that was still open when we left. */
  readonly complete: boolean;
}

export function headerOf(answer: Answer, name: string): string | undefined {
  return answer.headers.find(([one]) => one === name)?.[1];
}

const HEAD_END = '\r\n\r\n';
const INTERIM = 200;

/** Bytes that are no HTTP answer: always a finding. */
export class MalformedAnswer extends Error {}

/**
 * The first answer in these bytes and where it ends; undefined while its head is incomplete. Interim answers (100) are skipped.
 *
 * @param headOnly whether HEAD was asked, which is answered without the body that is announced
 */
export function readAnswer(bytes: Buffer, headOnly: boolean, closed: boolean): { answer: Answer; used: number } | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) throw new MalformedAnswer(`An answer begins with ${JSON.stringify(statusLine.slice(0, 80))}.`);
  const headers = lines.map((line) => splitHeader(line));
  const start = headEnd + HEAD_END.length;
  if (status < INTERIM) return shifted(readAnswer(bytes.subarray(start), headOnly, closed), start);
  const { body, used, complete } = readBody(
    bytes.subarray(start),
    { status, headers, body: Buffer.alloc(0), complete: true },
    headOnly,
    closed,
  );
  return { answer: { status, headers, body, complete }, used: start + used };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new MalformedAnswer(`An answer has the header line ${JSON.stringify(line.slice(0, 80))}.`);
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function shifted<T extends { used: number }>(found: T | undefined, by: number): T | undefined {
  return found && { ...found, used: found.used + by };
}

interface ReadBody {
  readonly body: Buffer;
  readonly used: number;
  readonly complete: boolean;
}

function readBody(bytes: Buffer, answer: Answer, headOnly: boolean, closed: boolean): ReadBody {
  if (headOnly || answer.status === 204 || answer.status === 304) return { body: Buffer.alloc(0), used: 0, complete: true };
  if (headerOf(answer, 'transfer-encoding') === 'chunked') return readChunks(bytes);
  const length = headerOf(answer, 'content-length');
  if (length === undefined) return { body: bytes, used: bytes.length, complete: closed };
  const body = bytes.subarray(0, Number(length));
  return { body, used: body.length, complete: body.length === Number(length) };
}

function readChunks(bytes: Buffer): ReadBody {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return { body: Buffer.concat(parts), used: at, complete: false };
    const size = parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (Number.isNaN(size)) throw new MalformedAnswer('An answer has a chunk without a size.');
    const next = lineEnd + 2 + size + 2;
    if (next > bytes.length) return { body: Buffer.concat(parts), used: at, complete: false };
    if (size === 0) return { body: Buffer.concat(parts), used: next, complete: true };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
