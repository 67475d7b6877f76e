/**
 * @file Splits a line of Python into tokens, for their colours, and into the expressions that can be selected.
 */

/** @typedef {{ from: number, to: number, id: number }} Span  a part of the program, as far as it is on this line */
/** @typedef {{ kind: string, text: string }} Token */
/** @typedef {(Token | { id: number, pieces: Piece[] })} Piece */

const TOKEN =
  /(?<comment>#.*)|(?<string>[rbf]*(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b|\.\d+)|(?<word>[^\W\d]\w*)|(?<space>\s+)|(?<sign>[^\s\w]|\w)/giu;
const KEYWORDS = new Set(
  "and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield True False None".split(
    " ",
  ),
);

/**
 * @param {string} line
 * @param {Span[]} spans  each within another or beside it
 * @returns {Piece[]}
 */
export function piecesOf(line, spans) {
  const tokens = tokensOf(line);
  const ordered = [...spans].sort((one, other) => one.from - other.from || other.to - one.to);
  let at = 0;
  let token = 0;
  let span = 0;

  /** @param {number} end */
  function upTo(end) {
    /** @type {Piece[]} */
    const pieces = [];
    while (at < end) {
      const next = ordered[span];
      if (next && next.from <= at) {
        span++;
        const inner = upTo(Math.min(next.to, end));
        if (inner.length > 0) pieces.push({ id: next.id, pieces: inner }); // none within a string
        continue;
      }
      const { kind, text } = tokens[token];
      pieces.push({ kind, text });
      at += text.length;
      token++;
    }
    return pieces;
  }
  return upTo(line.length);
}

/**
 * @param {string} line
 * @returns {Token[]}
 */
function tokensOf(line) {
  return Array.from(line.matchAll(TOKEN), (match) => {
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [
      "sign",
      match[0],
    ];
    if (kind !== "word") return { kind, text };
    if (KEYWORDS.has(text)) return { kind: "keyword", text };
    const isCalled = line[match.index + text.length] === "(";
    return { kind: isCalled ? "call" : "name", text };
  });
}
