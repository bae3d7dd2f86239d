import { Answer, headerOf } from './answer';
import { formProblem } from './answer-forms';
import type { Exchange } from './connection';
import type { Input } from './input';
import { NAMES } from './learn';

/** Whose data may not be in the answers to whom. */
export interface Canaries {
  /** Ids and addresses of the tenant that the fuzz is connected to. */
  readonly own: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
}

/** Anything that only a program's inside says: stacks, files, SQL, PostgreSQL's and our own names, password hashes. */
const INSIDES = [
  /\bat (?:async )?[\w.<>[\] ]{1,100} \(?(?:file:|node:|\/)[^\s)]{1,300}:\d+/,
  /node_modules|\/dist\/|\.(?:js|ts):\d+:\d+/,
  /\b(?:TypeError|ReferenceError|RangeError|SyntaxError|QueryFailedError|AssertionError)\b/,
  /syntax error at or near|violates .{1,40} constraint|(?:relation|column) "[^"]*" does not exist|invalid (?:input syntax|byte sequence)|permission denied for/i,
  /\bselect\b[^<]{1,200}\bfrom\b (?:platform|live)\b|\binsert into\b|flowstate_(?:app|mcp|gate|audit|owner)|\bplatform\.\w+|\$argon2id?\$/i,
];

/** What is wrong with an answer, in a sentence that is the same for all inputs that fail alike; undefined when nothing is. */
export function problemOf(input: Input, exchange: Exchange, canaries: Canaries, rendered: Buffer): string | undefined {
  const { answers, end } = exchange;
  if (end === 'malformed') return 'what came back is no HTTP answer';
  if (input.owed && end !== 'answered') return end === 'late' ? 'no answer came' : 'the connection was closed without an answer';
  for (const answer of answers) {
    const problem = answerProblem(input, answer) ?? leak(input, answer, canaries, rendered);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function answerProblem(input: Input, answer: Answer): string | undefined {
  // No exception is needed for 501 or 505: Node's parser answers what it does not understand with 400 or 431.
  if (answer.status >= 500) return `the status is ${answer.status}`;
  const text = answer.body.toString('utf8');
  const inside = INSIDES.find((pattern) => pattern.test(text));
  if (inside) return `the body shows the inside of the program: ${inside.exec(text)?.[0].slice(0, 60) ?? ''}`;
  if (answer.headers.some(([name]) => name === 'x-fz-injected')) return 'a header was injected';
  if (/<fz1>|<script/i.test(text) && /html/.test(headerOf(answer, 'content-type') ?? '')) return 'markup was injected into a page';
  if (isFromParser(answer, text)) return undefined;
  if (input.surface && !hasBudget(answer)) return 'the rate-limit headers are missing';
  return formProblem(input, answer, text);
}

/** Node refuses what is no HTTP (without a date), and expectations that nobody has, before any code of ours runs. */
function isFromParser(answer: Answer, text: string): boolean {
  return (
    answer.status === 417 ||
    headerOf(answer, 'date') === undefined ||
    /^\{"error":"[^"]*","message":"[^"]*","statusCode":4\d\d\}$/.test(text)
  );
}

function hasBudget(answer: Answer): boolean {
  const [limit, remaining] = [headerOf(answer, 'x-ratelimit-limit'), headerOf(answer, 'x-ratelimit-remaining')];
  return /^\d+$/.test(limit ?? '') && /^\d+$/.test(remaining ?? '') && Number(remaining) <= Number(limit);
}

/** An id or address of the other tenant that was not in the request. */
function leak(input: Input, answer: Answer, canaries: Canaries, rendered: Buffer): string | undefined {
  const forbidden = input.foreign ? canaries.own : canaries.foreign;
  const text = answer.body.toString('utf8');
  const found = text.match(NAMES)?.find((word) => forbidden.has(word) && !rendered.includes(word));
  return found === undefined ? undefined : 'another tenant’s data came back';
}
