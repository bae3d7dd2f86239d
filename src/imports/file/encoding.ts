import { ImportError } from '../import-error';

/** How the bytes of a file become characters. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Bytes of which a UTF-16 file without byte order mark is recognised: in Western text every second one is 0. */
const SAMPLE = 4_096;

/** How Excel's files begin, in hexadecimal: those of today are archives. */
const WORKBOOKS = ['504b0304', 'd0cf11e0'];

/**
 * By the byte order mark, else by zeros, else UTF-8 if the whole file is, else Windows-1252, which Latin-1 is part of.
 * @throws ImportError for what is no text, or was UTF-8 until it was cut off
 */
export async function detectEncoding(bytes: AsyncIterable<Buffer>): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  let beyondAscii = false;
  for await (const chunk of bytes) {
    if (first && WORKBOOKS.includes(chunk.toString('hex', 0, 4)))
      throw new ImportError(
        'The file is an Excel workbook or another archive, no text: in Excel choose File, Save As, "CSV UTF-8 (Comma delimited)", and import that file.',
      );
    const wide = first ? utf16(chunk.subarray(0, SAMPLE)) : undefined;
    if (wide) return wide;
    first = false;
    try {
      const text = utf8.decode(chunk, { stream: true });
      beyondAscii ||= /[^\0-\x7F]/.test(text);
    } catch {
      return 'windows-1252';
    }
  }
  try {
    utf8.decode();
    return 'utf-8';
  } catch {
    // One letter beyond ASCII at the very end may be one of Windows-1252; after others in UTF-8 it is half of one.
    if (!beyondAscii) return 'windows-1252';
    throw new ImportError('The file ends in the middle of a character: it was cut off. Fetch it once more, as a whole.');
  }
}

function utf16(sample: Buffer): Encoding | undefined {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  sample.forEach((byte, index) => byte === 0 && (zeros[index % 2] = (zeros[index % 2] as number) + 1));
  const [even, odd] = zeros as [number, number];
  const many = sample.length / 8;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : undefined;
}

/** Text with \n as the only line end. A sequence that the encoding does not have becomes U+FFFD, which refuses its row. */
export async function* decode(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = encoding === 'windows-1252' ? new Windows1252() : new TextDecoder(encoding);
  let pending = '';
  for await (const chunk of bytes) {
    const text = pending + decoder.decode(chunk, { stream: true });
    // A CR at the end of a chunk may be half of a CRLF.
    pending = text.endsWith('\r') ? '\r' : '';
    yield lineFeeds(pending ? text.slice(0, -1) : text);
  }
  yield lineFeeds(pending + decoder.decode());
}

function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** What Windows-1252 has where Latin-1 has control characters; Node 20 decodes its name as Latin-1. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

class Windows1252 {
  decode(chunk?: Buffer, _options?: object): string {
    return (chunk?.toString('latin1') ?? '').replace(/[\u0080-\u009F]/g, (character) => C1[character.charCodeAt(0) - 0x80] as string);
  }
}
