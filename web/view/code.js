/**
 * @file The Code card: the program that runs, line by line, each with its value at the iteration on show.
 *
 * Every part of a line can be looked at: by pointer, by touch, or by the keyboard, which walks through them as through a
 * tree (up and down by lines, left and right by parts).
 * @import { Piece, Span } from "./highlight.js"
 * @import { Place } from "../protocol.js"
 * @import { State } from "../state.js"
 */
import { computed } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { isSamePlace, linesOf, placeIn, shownLines, wholeLine } from "../outline.js";
import { grouped } from "../words.js";
import { byId, draw } from "./dom.js";
import { piecesOf } from "./highlight.js";
import { showPart } from "./part.js";

const LINE = -1; // the id of a line as a whole, among its parts
// Characters: a program of more cannot be drawn at once. What is beyond is text without parts.
const MOST_TEXT = 12_000;
const MOST_ACROSS = 400; // of one line

/** @param {State} state */
export function showCode(state) {
  const root = byId("listing");
  /** @type {Place | null} where the pointer has gone from */
  let stayed = null;

  const lines = computed(() => {
    const { source, outline } = state.shown.value;
    const texts = shownLines(source);
    const spans = spansByLine(
      texts,
      (outline?.expressions ?? []).map(({ span }) => span),
    );
    let left = MOST_TEXT;
    return texts.map((text, at) => {
      const shown = text.length > MOST_ACROSS ? `${text.slice(0, MOST_ACROSS)}…` : text;
      left -= shown.length;
      return left < 0 ? [{ kind: "name", text: shown }] : piecesOf(shown, spans[at]);
    });
  });
  const chips = computed(() => {
    const seen = state.seen.value;
    return new Map(seen?.listing === state.shown.value ? seen.lines.map((line) => [line.line, line]) : []);
  });

  /** @param {number} line @param {number} id */
  const placeOf = (line, id) => state.shown.value.outline?.expressions[id]?.span ?? wholeLine(line);

  const here = computed(() => placeIn(state.shown.value, state.place.value));
  const left = computed(() => linesOf(state.shown.value.source).length - lines.value.length);

  /** @param {Place} place */
  function look(place) {
    if (String(place) !== String(state.place.value)) state.place.value = place;
  }

  draw(root, () => {
    const at = here.value;
    const items = lines.value.map((pieces, index) => {
      const line = index + 1;
      const chip = chips.value.get(line);
      const isHere = isSamePlace(placeOf(line, LINE), at);
      return html`<li
        role="treeitem"
        class=${at[0] <= line && line <= at[2] ? "at" : ""}
        aria-selected=${isHere}
        aria-describedby=${isHere ? "part" : nothing}
        aria-level="1"
        tabindex=${isHere ? 0 : -1}
        data-line=${line}
        data-id=${LINE}
      >
        <code role="group">${pieces.map((piece) => pieceTemplate(piece, line, at))}</code>
        ${chip ? html`<span class="chip" title=${chip.shape || nothing}>${chip.text}</span>` : nothing}
      </li>`;
    });
    return left.value > 0
      ? [...items, html`<li class="soft" role="none">… and ${grouped(left.value)} more lines</li>`]
      : items;
  });

  /** @param {Piece} piece @param {number} line @param {Place} at @returns {unknown} */
  function pieceTemplate(piece, line, at) {
    if (!("id" in piece))
      return piece.kind === "space" || piece.kind === "sign" || piece.kind === "name"
        ? piece.text
        : html`<span class="py-${piece.kind}">${piece.text}</span>`;
    const isHere = isSamePlace(placeOf(line, piece.id), at);
    return html`<span
      role="treeitem"
      class=${isHere ? "part here" : "part"}
      aria-selected=${isHere}
        aria-describedby=${isHere ? "part" : nothing}
      aria-level="2"
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
    stayed ??= state.place.value;
    look(placeAt(item));
  });
  root.addEventListener("pointerleave", () => {
    if (stayed) look(stayed);
    stayed = null;
  });
  root.addEventListener("click", (event) => {
    const item = itemIn(event);
    if (!item) return;
    stayed = placeAt(item);
    item.focus();
  });
  root.addEventListener("focusin", (event) => {
    const item = itemIn(event);
    if (item) look(placeAt(item));
  });
  root.addEventListener("keydown", (event) => {
    const item = itemIn(event);
    const to = item && target(event.key, item, root);
    if (!to) return;
    event.preventDefault();
    stayed = null;
    to.focus();
  });

  const sight = new IntersectionObserver((entries) => {
    state.isCodeInSight.value = entries.at(-1)?.isIntersecting ?? false;
  });
  sight.observe(root);
  showPart(byId("part"), state);
}

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
