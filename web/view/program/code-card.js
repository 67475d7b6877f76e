/**
 * @file The Code card: the program that runs, line by line, each with its value at the iteration on show.
 *
 * Every part of a line can be looked at: by pointer, by touch, or by the keyboard, which walks through them as through a
 * tree (up and down by lines, left and right by parts).
 * @import { Piece, Span } from "./highlight.js"
 * @import { Selection } from "../../model/selection.js"
 * @import { Place, Values } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { computed } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { isSamePlace, linesOf, shownLines, wholeLine } from "../../model/places.js";
import { grouped } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";
import { piecesOf } from "./highlight.js";
import { showInspector } from "./inspector.js";
import { uncover } from "./uncover.js";
import { createValueWidths, indentOf } from "./value-widths.js";

const LINE = -1; // the id of a line as a whole, among its parts
// Characters: a program of more cannot be drawn at once. What is beyond is text without parts.
const MOST_TEXT = 12_000;
const MOST_ACROSS = 400; // of one line
const LONG = 60; // lines of a program that scrolls inside its card

/**
 * @param {State} state
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showCode(state, later) {
  const root = byId("listing");
  /** @type {Selection | null} what the pointer has gone from */
  let stayed = null;
  let hasFocus = false; // also where the item that had it has gone
  let isDrawing = false;
  /** @type {string[]} */
  let drawn = [];

  const texts = computed(() => shownLines(state.shown.value.source));
  const lines = computed(() => {
    const expressions = state.shown.value.outline?.expressions ?? [];
    const spans = spansByLine(
      texts.value,
      expressions.map(({ span }) => span),
    );
    let left = MOST_TEXT;
    return texts.value.map((text, at) => {
      const shown = text.length > MOST_ACROSS ? `${text.slice(0, MOST_ACROSS)}…` : text;
      left -= shown.length;
      return left < 0 ? [{ kind: "name", text: shown }] : piecesOf(shown, spans[at]);
    });
  });
  const chips = computed(() => {
    const seen = state.seen.value;
    return new Map(seen?.listing === state.shown.value ? seen.lines.map((line) => [line.line, line]) : []);
  });

  const roomOf = createValueWidths();

  /** @param {number} line @param {number} id */
  const placeOf = (line, id) => state.shown.value.outline?.expressions[id]?.span ?? wholeLine(line);

  const left = computed(() => linesOf(state.shown.value.source).length - lines.value.length);

  draw(root, () => {
    isDrawing = true;
    root.classList.toggle("long", lines.value.length > LONG);
    queueMicrotask(settle);
    const at = state.place.value;
    const items = lines.value.map((pieces, index) => {
      const line = index + 1;
      const chip = chips.value.get(line);
      const isHere = isSamePlace(placeOf(line, LINE), at);
      return html`<li
        role="treeitem"
        class=${at[0] <= line && line <= at[2] ? "at" : ""}
        aria-label=${lineName(line, texts.value[index], chip)}
        aria-selected=${isHere}
        aria-describedby=${isHere ? "about" : nothing}
        aria-level="1"
        tabindex=${isHere ? 0 : -1}
        data-line=${line}
        data-id=${LINE}
      >
        <code role="group" .style=${`--indent:${indentOf(texts.value[index])}ch`}>${pieces.map((piece) => pieceTemplate(piece, line, at))}</code>
        ${chip ? chipTemplate(chip, roomOf(texts.value, line, chip)) : nothing}
      </li>`;
    });
    return left.value > 0
      ? [
          ...items,
          html`<li class="soft" role="none" translate="yes">… and ${grouped(left.value)} more lines</li>`,
        ]
      : items;
  });

  /** @param {Piece} piece @param {number} line @param {Place} at @returns {unknown} */
  function pieceTemplate(piece, line, at) {
    if (!("id" in piece))
      return piece.kind === "space" || piece.kind === "sign" || piece.kind === "name"
        ? piece.text
        : html`<span class="py-${piece.kind}">${piece.text}</span>`;
    const isHere = isSamePlace(placeOf(line, piece.id), at);
    const depth = state.shown.value.outline?.expressions[piece.id]?.depth ?? 0;
    return html`<span
      role="treeitem"
      class=${isHere ? "part here" : "part"}
      aria-label="${textOf(piece)}, line ${line}"
      aria-selected=${isHere}
      aria-describedby=${isHere ? "about" : nothing}
      aria-level=${depth + 2}
      tabindex=${isHere ? 0 : -1}
      data-line=${line}
      data-id=${piece.id}
      ><span role="group">${piece.pieces.map((inner) => pieceTemplate(inner, line, at))}</span></span
    >`;
  }

  /** @param {Event} event */
  const itemIn = ({ target }) =>
    /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest("[data-id]") : null);
  /** @param {HTMLElement} item */
  const placeAt = (item) => placeOf(Number(item.dataset.line), Number(item.dataset.id));

  let rest = ""; // where the pointer was last: what the keyboard scrolls under it is not pointed at
  const moves = (/** @type {PointerEvent} */ { screenX, screenY }) => {
    const before = rest;
    rest = `${screenX} ${screenY}`;
    return rest !== before;
  };
  document.addEventListener("pointermove", moves, { passive: true });
  root.addEventListener("pointerover", (event) => {
    const item = itemIn(event);
    if (!moves(event) || !item || event.pointerType === "touch") return;
    stayed ??= state.chosen.value;
    state.look(placeAt(item));
  });
  root.addEventListener("pointerleave", () => {
    if (stayed) state.chosen.value = stayed;
    stayed = null;
  });
  root.addEventListener("click", (event) => {
    const item = itemIn(event);
    if (!item) return;
    stayed = null;
    item.focus();
    uncover(item); // only now: under a pointer that is down, what moves is not clicked
    stayed = state.chosen.value;
  });
  root.addEventListener("focusin", (event) => {
    const item = itemIn(event);
    if (item) state.look(placeAt(item));
    hasFocus = item !== null;
  });
  root.addEventListener("focusout", () => {
    hasFocus = isDrawing || !document.hasFocus(); // the item may have gone, or the window to the background
  });
  /** What is looked at may stand elsewhere now: the focus goes along. */
  function settle() {
    isDrawing = false;
    if (texts.peek() === drawn) return;
    drawn = texts.peek();
    if (hasFocus) /** @type {HTMLElement | null} */ (root.querySelector("[tabindex='0']"))?.focus();
  }
  root.addEventListener("keydown", (event) => {
    const item = itemIn(event);
    const to = item && target(event.key, item, root);
    if (!to) return;
    event.preventDefault();
    stayed = null;
    to.focus();
    uncover(to);
  });

  const sight = new IntersectionObserver((entries) => {
    state.isCodeInSight.value = entries.at(-1)?.isIntersecting ?? false;
  });
  sight.observe(root);
  showInspector(byId("part"), state, later);
}

/**
 * What a screen reader says of a line.
 * @param {number} line
 * @param {string} text
 * @param {Values["lines"][number] | undefined} chip
 */
function lineName(line, text, chip) {
  // In the order in which it is seen: speech control goes by that.
  const beside = chip ? `, ${chip.text.replaceAll("  ", ", ")}${chip.kind ? `, its ${chip.kind}` : ""}` : "";
  return `line ${line}: ${text.trim() || "empty"}${beside}`;
}

/**
 * @param {Values["lines"][number]} chip
 * @param {string} room  a text that takes as much as it may need
 */
const chipTemplate = (
  { text, shape },
  room,
) => html`<span class="beside-line" aria-hidden="true" data-room=${room}
  ><span class="chip" title=${shape || nothing}>${text}</span></span
>`;

/** @param {Piece} piece @returns {string} */
const textOf = (piece) => ("id" in piece ? piece.pieces.map(textOf).join("") : piece.text);

const MOST_LINES_OF_ONE = 100; // what is longer cannot be looked at as one

/**
 * The places on each line, as far as they are on it.
 * @param {string[]} texts
 * @param {Place[]} places
 */
function spansByLine(texts, places) {
  /** @type {Span[][]} */
  const spans = texts.map(() => []);
  places.forEach(([first, from, last, to], id) => {
    if (last - first > MOST_LINES_OF_ONE) return;
    for (let line = first; line <= Math.min(last, texts.length); line++) {
      const text = texts[line - 1];
      spans[line - 1].push({
        id,
        from: line === first ? from : text.length - text.trimStart().length,
        to: line === last ? to : text.length,
      });
    }
  });
  return spans;
}

/**
 * Where a key leads to.
 * @param {string} key
 * @param {HTMLElement} item
 * @param {HTMLElement} root
 */
function target(key, item, root) {
  const items = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-id]")]);
  const lines = /** @type {HTMLElement[]} */ ([...root.children]);
  const line = lines.indexOf(/** @type {HTMLElement} */ (item.closest("li")));
  const at = items.indexOf(item);
  /** @type {Record<string, HTMLElement | undefined>} */
  const ways = {
    ArrowDown: lines[line + 1],
    ArrowUp: item === lines[line] ? lines[line - 1] : lines[line],
    ArrowRight: items[at + 1],
    ArrowLeft: items[at - 1],
    Home: lines[0],
    End: lines.at(-1),
  };
  return ways[key];
}
