/** JSON that many answers hold, made once: the lists are long, and the same for everybody whom they are offered to. */
const made = new WeakMap<object, string>();

/** The value itself, whose JSON is made now. It must not change afterwards. */
export function premade<T extends object>(value: T): T {
  made.set(value, JSON.stringify(value));
  return value;
}

/** A JSON-RPC message, or a batch of them, as JSON.stringify makes it; what is premade is put in as text. */
export function toJson(message: object): string {
  if (Array.isArray(message)) return `[${(message as object[]).map(toJson).join(',')}]`;
  const { result, ...envelope } = message as { readonly result?: object };
  if (result === undefined) return JSON.stringify(message);
  const members = Object.entries(result)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${made.get(value as object) ?? JSON.stringify(value)}`);
  return `${JSON.stringify(envelope).slice(0, -1)},"result":{${members.join(',')}}}`;
}
