/**
 * JSON that many answers hold, made once: the lists are long, and the same for everybody whom they are offered to. Kept as
 * bytes: to encode a string of 300 kB that has a character beyond Latin 1 takes 3 ms.
 */
const made = new WeakMap<object, Buffer>();

/** The value itself, whose JSON is made now. It must not change afterwards. */
export function premade<T extends object>(value: T): T {
  made.set(value, Buffer.from(JSON.stringify(value)));
  return value;
}

/** A JSON-RPC message, or a batch of them, as JSON.stringify makes it; what is premade is put in as it is. */
export function toJson(message: object): Buffer {
  return Buffer.concat(pieces(message).map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

function pieces(message: object): (string | Buffer)[] {
  if (Array.isArray(message)) return ['[', ...(message as object[]).flatMap((one, index) => [index ? ',' : '', ...pieces(one)]), ']'];
  const { result, ...envelope } = message as { readonly result?: object };
  if (result === undefined) return [JSON.stringify(message)];
  const members = Object.entries(result)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value], index) => [`${index ? ',' : ''}${JSON.stringify(name)}:`, made.get(value as object) ?? JSON.stringify(value)]);
  return [`${JSON.stringify(envelope).slice(0, -1)},"result":{`, ...members, '}}'];
}
