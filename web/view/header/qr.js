/**
 * @file The link as a QR code, for a room of tablets.
 */
import { correction, generate } from "lean-qr";

const QUIET = 4; // modules around it
const LONGEST = 1200; // characters; cameras struggle with more modules than that takes

/**
 * @param {string} text
 * @returns {{ size: number, path: string } | null}  in modules; null where the text is too long
 */
export function qrCode(text) {
  if (text.length > LONGEST) return null;
  const code = generate(text, { minCorrectionLevel: correction.L });
  let path = "";
  for (let y = 0; y < code.size; y++)
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  return { size: code.size + 2 * QUIET, path };
}
