/** @file The colours of answers: orange for low, the card's for the middle, blue for high; and a picture in them. */

/** @typedef {[number, number, number]} Colour  red, green, blue, 0 to 255 */
/** @typedef {{ low: number, high: number, isOpenBelow: boolean, isOpenAbove: boolean, isShare: boolean }} Domain */
/** @typedef {ReturnType<typeof shadesOf>} Shades */

const SHADES = 256;
const STRENGTH = 0.68; // of a hue at its end: what stands on it is seen; map-card.css has the same

/**
 * The colours of a page as they are now.
 * @param {HTMLElement} root
 */
export function shadesOf(root) {
  const style = getComputedStyle(root);
  const [card, positive, negative] = ["--card", "--positive", "--negative"].map((name) =>
    colourOf(style.getPropertyValue(name)),
  );
  const table = new Uint32Array(SHADES);
  for (let at = 0; at < SHADES; at++) {
    const share = (at / (SHADES - 1)) * 2 - 1;
    table[at] = packed(mixed(card, share < 0 ? negative : positive, Math.abs(share) * STRENGTH));
  }
  return { table };
}

/** @param {string} text  #rgb or #rrggbb @returns {Colour} */
export function colourOf(text) {
  const digits = text.trim().replace("#", "");
  const all = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const number = Number.parseInt(all, 16) || 0;
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** @param {Colour} from @param {Colour} to @param {number} share @returns {Colour} */
const mixed = (from, to, share) =>
  /** @type {Colour} */ (from.map((value, at) => Math.round(value + (to[at] - value) * share)));

/** @param {Colour} colour @returns {number} as four bytes of an ImageData */
const packed = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/**
 * The place of an answer between the two ends, 0 to 1; NaN where it is not finite.
 * @param {Domain} domain
 * @param {number} value
 */
export function shadeAt({ low, high }, value) {
  const share = (value - low) / (high - low);
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/**
 * Colour the pixels of a picture; what is not finite has no colour.
 * @param {Uint32Array} pixels
 * @param {{ [at: number]: number }} outputs  row by row
 * @param {number} from  where the first one stands
 * @param {number} stride  between two of them
 * @param {Domain} domain
 * @param {Uint32Array} table
 */
export function colour(pixels, outputs, from, stride, { low, high }, table) {
  const scale = (SHADES - 1) / (high - low);
  for (let at = 0, place = from; at < pixels.length; at++, place += stride) {
    const value = outputs[place];
    const shade = (value - low) * scale;
    if (shade - shade !== 0) pixels[at] = 0;
    else pixels[at] = table[shade <= 0 ? 0 : shade >= SHADES - 1 ? SHADES - 1 : (shade + 0.5) | 0];
  }
}
