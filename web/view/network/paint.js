/**
 * @file Paints what has too many parts for SVG, on a canvas behind it: the maps of what hidden units say, and matrices of
 * weights. Orange is low, the paper the middle, blue high.
 * @import { Layout, Box } from "./geometry.js"
 * @import { Layer } from "../../model/network-shape.js"
 * @import { Seen } from "./seen.js"
 */
import { rowsOf } from "../../model/network-shape.js";
import { REACH } from "../../model/settings.generated.js";
import { saidOf } from "./seen.js";

/** @typedef {[number, number, number]} Colour */

const STRONGEST = 0.78; // of a colour, so that what stands on it can be read

/** @param {HTMLCanvasElement} canvas */
export function createPaint(canvas) {
  const context = canvas.getContext("2d");
  const small = document.createElement("canvas"); // one map or matrix, a pixel for each of its places
  const onSmall = small.getContext("2d");
  /** @type {{ low: Colour, middle: Colour, high: Colour } | null} */
  let colours = null;

  /**
   * @param {number} across
   * @param {number} down
   * @param {(at: number) => number} shareAt  −1 to 1
   * @param {Box} box
   * @param {number} radius
   */
  function spread(across, down, shareAt, box, radius) {
    if (!context || !onSmall || !colours) return;
    small.width = across;
    small.height = down;
    const image = onSmall.createImageData(across, down);
    for (let at = 0; at < across * down; at++) image.data.set([...mixed(shareAt(at), colours), 255], at * 4);
    onSmall.putImageData(image, 0, 0);
    context.save();
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, radius);
    context.clip();
    context.imageSmoothingEnabled = radius > 0;
    context.drawImage(small, box.x, box.y, box.width, box.height);
    context.restore();
  }

  /** @param {Seen} seen @param {Layout} layout */
  function paintMaps(seen, layout) {
    const { grid } = seen.plan;
    for (const column of seen.shape.columns) {
      const place = layout.places[column.number];
      if (column.kind !== "hidden" || place.look === "line") continue;
      for (const [unit, box] of place.boxes.entries()) {
        const said = saidOf(seen, column, unit, grid);
        if (!said) continue;
        const shareAt = sharesIn(said, column.activation);
        spread(grid.across, grid.count / grid.across, (at) => shareAt(said[at]), box, 9);
      }
    }
  }

  /** @param {Seen} seen @param {Layout} layout */
  function paintMatrices({ frame, run, shape }, { between }) {
    const scale = run.largest || 1;
    for (const layer of shape.layers) {
      const { matrix } = between[layer.number - 1];
      if (!matrix) continue;
      const shareAt = (/** @type {number} */ at) => frame.weights[layer.at + at] / scale;
      spread(layer.units, rowsOf(layer), shareAt, matrix, 0);
    }
  }

  return {
    /** The colours are others: light or dark. */
    forget() {
      colours = null;
    },
    /** @param {Seen} seen @param {Layout} layout */
    paint(seen, layout) {
      if (!context) return;
      const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
      const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      context.scale(ratio, ratio);
      colours ??= coloursOf(canvas);
      if (seen.plan.grid.count > 0 && !seen.why) paintMaps(seen, layout);
      paintMatrices(seen, layout);
    },
  };
}

/**
 * How high or low a unit's values are, −1 to 1: in the reach of its activation or, where that has no end, of the largest.
 * @param {ArrayLike<number>} said
 * @param {string} activation
 */
export function sharesIn(said, activation) {
  const { low, high } = REACH[activation] ?? { low: null, high: null };
  if (low !== null && high !== null)
    return (/** @type {number} */ value) => (2 * (value - low)) / (high - low) - 1;
  let largest = 0;
  for (let at = 0; at < said.length; at++) {
    const size = Math.abs(said[at]);
    if (size > largest && Number.isFinite(size)) largest = size;
  }
  return (/** @type {number} */ value) => (largest > 0 ? value / largest : 0);
}

/**
 * @param {number} share  −1 to 1
 * @param {{ low: Colour, middle: Colour, high: Colour }} colours
 * @returns {Colour}
 */
function mixed(share, { low, middle, high }) {
  const end = share < 0 ? low : high;
  const part = Number.isNaN(share) ? 0 : STRONGEST * Math.min(1, Math.abs(share));
  const of = (/** @type {0 | 1 | 2} */ at) => middle[at] + (end[at] - middle[at]) * part;
  return [of(0), of(1), of(2)];
}

/** @param {Element} element */
function coloursOf(element) {
  const style = getComputedStyle(element);
  const of = (/** @type {string} */ name) => colourIn(style.getPropertyValue(name));
  return { low: of("--negative"), middle: of("--card"), high: of("--positive") };
}

/** @param {string} text  #rrggbb @returns {Colour} */
function colourIn(text) {
  const number = Number.parseInt(text.trim().slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}
