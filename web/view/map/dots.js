/**
 * @file The table's rows as dots on a picture: which, where, and how each looks.
 * @typedef {import("../../model/protocol.js").Table} Table
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./picture.js").Seen} Seen
 */
import { html, nothing, svg } from "lit-html";
import { columnsOf } from "../../model/edits.js";
import { numberText, shareOf } from "./axes.js";
import { shadeAt } from "./shades.js";

/**
 * across, up: its place as shares of the picture. target: null where the row asks. shade: of the target, 0 to 1. isElsewhere:
 * whether its other inputs are not those that the picture is drawn at.
 * @typedef {{ row: number, across: number, up: number, target: number | null, shade: number, isHeldOut: boolean,
 *   isElsewhere: boolean }} Dot
 */

export const MOST_DOTS = 1000;
const ROOMY = 60; // so many dots have room for what they say
const SIZES = { roomy: 8, curve: 5.5, close: 4.5 }; // radius in pixels
const REACH = 12; // pixels around its middle in which a dot is meant
const EDGE = 1e-9;

/**
 * The dots of a table: the rows that have a place in the picture, at most so many; the chosen one is always there.
 * @param {Seen} seen
 * @param {Table} table  as it is now: of the columns of what is seen
 * @param {number} chosen
 * @returns {{ dots: Dot[], left: number }} left: how many more there would be
 */
export function dotsOf(seen, table, chosen) {
  const { plan, y, heldOut, frame, domain } = seen;
  const stride = Math.ceil(table.rows.length / MOST_DOTS);
  const column = table.inputs.length + plan.output;
  /** @type {Dot[]} */
  const dots = [];
  let possible = 0;
  for (const [row, cells] of table.rows.entries()) {
    const x = cells[plan.x.column];
    const cell = cells[column];
    const asks = cell === null;
    // A point of a curve that asks stands at its answer.
    const height =
      !plan.y && asks ? frame.outputs[row * table.outputs.length + plan.output] : cells[y.column];
    if (typeof x !== "number" || typeof height !== "number" || (!asks && typeof cell !== "number")) continue;
    const [across, up] = [shareOf(plan.x, x), shareOf(y, height)];
    if (!(across >= -EDGE && across <= 1 + EDGE && up >= -EDGE && up <= 1 + EDGE)) continue;
    possible++;
    if (row % stride !== 0 && row !== chosen) continue;
    const target = asks ? null : cell;
    const shade = target === null ? 0.5 : shadeAt(domain, target);
    const isElsewhere = row !== chosen && !isAtBase(plan, cells);
    dots.push({ row, across, up, target, shade, isHeldOut: heldOut.has(row), isElsewhere });
  }
  return { dots, left: possible - dots.length };
}

/** Whether a row's other inputs are those that a map is drawn at. @param {Seen["plan"]} plan @param {Table["rows"][number]} cells */
const isAtBase = ({ x, y, base }, cells) =>
  base.every((value, column) => column === x.column || column === y?.column || cells[column] === value);

/**
 * The dot that is meant by a place: of those in reach the chosen one, else the nearest.
 * @param {Dot[]} dots
 * @param {number} across
 * @param {number} up
 * @param {{ width: number, height: number }} size
 * @param {number} chosen
 */
export function dotAt(dots, across, up, { width, height }, chosen) {
  const reach = dots.length > ROOMY ? (REACH * 2) / 3 : REACH;
  let found = null;
  let least = reach;
  for (const dot of dots) {
    const distance = Math.hypot((dot.across - across) * width, (dot.up - up) * height);
    if (distance > reach) continue;
    if (dot.row === chosen) return dot;
    if (distance <= least) [found, least] = [dot, distance];
  }
  return found;
}

/**
 * A row in words: "Row 3: x1 1, x2 0", and its target.
 * @param {Table} table
 * @param {number} row
 * @param {number[]} columns
 * @param {number} output
 */
export function rowWords(table, row, columns, output) {
  const cells = table.rows[row] ?? [];
  const names = columnsOf(table);
  const said = columns.map((column) => {
    const cell = cells[column];
    return `${names[column]} ${typeof cell === "number" ? numberText(cell) : String(cell)}`;
  });
  const target = cells[table.inputs.length + output];
  const ends =
    target === null
      ? "asks"
      : `${table.outputs[output]} ${typeof target === "number" ? numberText(target) : target}`;
  return { place: said.join(", "), target: ends };
}

/**
 * @param {Dot[]} dots
 * @param {{ width: number, height: number }} size
 * @param {Table} table
 * @param {Seen} seen
 * @param {{ chosen: number, active: number, readOnly: boolean }} how  active: the row that Tab comes to
 */
export function dotsTemplate(dots, { width, height }, table, seen, { chosen, active, readOnly }) {
  const isRoomy = dots.length <= ROOMY;
  const size = isRoomy ? (seen.plan.y ? SIZES.roomy : SIZES.curve) : SIZES.close;
  const { plan } = seen;
  const columns = plan.y ? [plan.x.column, plan.y.column] : [plan.x.column];
  const keys = readOnly ? "arrow keys go to another row" : "arrow keys move one, Page Down goes to the next";
  const one = (/** @type {Dot} */ dot) => {
    const { place, target } = rowWords(table, dot.row, columns, plan.output);
    const kind = dot.target === null ? "asks" : dot.isHeldOut ? "kept-out" : "known";
    const side = dot.shade > 0.5 ? "high" : dot.shade < 0.5 ? "low" : "middle";
    const name = `Row ${dot.row + 1}: ${place}, ${target}${dot.isHeldOut ? ", held out" : ""}`;
    return svg`<g
      class="row-dot ${kind} ${side}${dot.isElsewhere ? " elsewhere" : ""}"
      role="button"
      aria-label=${name}
      aria-pressed=${dot.row === chosen}
      data-row=${dot.row}
      tabindex=${dot.row === active ? 0 : -1}
      transform="translate(${dot.across * width} ${(1 - dot.up) * height})"
    >
      <circle class="reach" r=${isRoomy ? REACH : (REACH * 2) / 3} />
      ${dot.row === chosen ? svg`<circle class="ring-under" r=${size + 5} /><circle class="ring" r=${size + 5} />` : nothing}
      ${shapeTemplate(dot, size, size === SIZES.roomy && seen.isBinary, dot.row === chosen)}
    </g>`;
  };
  const known = dots.filter(({ target }) => target !== null);
  const asking = dots.filter(({ target }) => target === null);
  return html`<svg viewBox="0 0 ${width} ${height}" role="group" aria-label="Rows of the table: ${keys}">
    ${svg`<g>${known.map(one)}</g><g>${asking.map(one)}</g>`}
  </svg>`;
}

/**
 * A known target of 0 has corners where there is no room to write it.
 * @param {Dot} dot
 * @param {number} size
 * @param {boolean} isWritten  whether its target is written in it
 * @param {boolean} isChosen
 */
function shapeTemplate({ target, shade }, size, isWritten, isChosen) {
  if (target === null)
    return svg`<circle class="halo" r=${size + 1} /><circle class="mark" r=${size + 1} />${
      size === SIZES.close
        ? nothing
        : svg`<text class="sign" x=${size + (isChosen ? 9 : 5)} y=${isChosen ? -size - 2 : -size + 1}>?</text>`
    }`;
  const corner = size * 1.1;
  const shape =
    shade < 0.5 && size !== SIZES.roomy
      ? svg`<path class="mark" d="M0 ${-corner}L${corner} 0L0 ${corner}L${-corner} 0Z" />`
      : svg`<circle class="mark" r=${size} />`;
  return svg`${shape}${isWritten ? svg`<text class="written" y="0.36em">${target}</text>` : nothing}`;
}
