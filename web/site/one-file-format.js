/**
 * @file The one file as text: a shell, which is the page without its files, and then each file in a block of its own.
 *
 * Seven bytes are eight characters of ASCII; base64 would need nine and a third, which is too many for 14 MB. What HTML
 * does not keep (NUL, CR) and what would end a block (`</`, `<!`) is written as DEL and a digit. The build writes
 * dist/tenlines.html with this too (py/build/one_file.mjs), so that a page can make the very same file.
 */

const PIECE = 700_000; // bytes between two pauses; whole groups of seven
const DEL = 127;
const LESS = 60;
const ESCAPED = [0, 13, DEL, 47, 33]; // the last two, / and !, only after <
const ZERO = 48;
const START = '<script type="application/json" id="start">{}</script>';
const END = "</body>\n</html>\n";

/**
 * @param {Uint8Array} bytes
 * @returns {Generator<Uint8Array<ArrayBuffer>>} ASCII, piece by piece
 */
export function* encode(bytes) {
  let last = 0;
  for (let from = 0; from < bytes.length; from += PIECE) {
    const piece = bytes.subarray(from, from + PIECE);
    const text = new Uint8Array(Math.ceil((piece.length * 16) / 7) + 2); // the largest that it can be: every symbol escaped
    let at = 0;
    let held = 0;
    let bits = 0;
    const put = (/** @type {number} */ symbol) => {
      const place = ESCAPED.indexOf(symbol);
      if (place >= 0 && (place < 3 || last === LESS)) {
        text[at++] = DEL;
        last = text[at++] = ZERO + place;
      } else {
        last = text[at++] = symbol;
      }
    };
    for (const byte of piece) {
      held = (held << 8) | byte;
      bits += 8;
      while (bits >= 7) {
        bits -= 7;
        put((held >> bits) & 127);
      }
      held &= 127;
    }
    if (bits > 0) put((held << (7 - bits)) & 127);
    yield text.subarray(0, at);
  }
}

/**
 * @param {string} text
 * @returns {Generator<Uint8Array<ArrayBuffer>>} the bytes, piece by piece
 */
export function* decode(text) {
  let held = 0;
  let bits = 0;
  let next = 0;
  while (next < text.length) {
    const end = Math.min(next + PIECE, text.length);
    const bytes = new Uint8Array(end - next + 1);
    let at = 0;
    while (next < end) {
      let symbol = text.charCodeAt(next++);
      if (symbol === DEL) symbol = ESCAPED[text.charCodeAt(next++) - ZERO];
      held = (held << 7) | symbol;
      bits += 7;
      if (bits < 8) continue;
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= 255;
    }
    yield bytes.subarray(0, at);
  }
}

/**
 * The whole file, part by part.
 * @param {string} shell
 * @param {object} start  what it opens with
 * @param {AsyncIterable<[name: string, Uint8Array]>} files
 * @returns {AsyncGenerator<string | Uint8Array<ArrayBuffer>>}
 */
export async function* oneFileParts(shell, start, files) {
  if (!shell.includes(START)) throw new Error("shell.bin is not as it was built.");
  const json = JSON.stringify(start).replaceAll("<", "\\u003c"); // nothing in it can end the block
  yield shell.replace(START, () => START.replace("{}", () => json));
  for await (const [name, bytes] of files) {
    yield `<script type="text/plain" data-name="${name}">`;
    yield* encode(bytes);
    yield "</script>\n";
  }
  yield END;
}
