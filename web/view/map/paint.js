/** @file Paints a map's colours on its canvas. */
import { colour } from "./shades.js";

/** @param {HTMLCanvasElement} canvas */
export function createPainter(canvas) {
  const context = canvas.getContext("2d");
  /** @type {ImageData | null} */
  let image = null;
  let pixels = new Uint32Array();

  return {
    /** @param {import("./picture.js").Seen} seen  a map @param {import("./shades.js").Shades} shades */
    paint({ plan, outputs, domain }, { table }) {
      const { side, output, problem } = plan;
      if (!context) return;
      if (image?.width !== side) {
        canvas.width = canvas.height = side;
        image = context.createImageData(side, side);
        pixels = new Uint32Array(image.data.buffer);
      }
      colour(pixels, outputs, output, problem.table.outputs.length, domain, table);
      context.putImageData(image, 0, 0);
    },
    clear() {
      context?.clearRect(0, 0, canvas.width, canvas.height);
    },
  };
}
