/**
 * @file Marks an error in the editor: its line and line number, the exact place, and the message below the line.
 */
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutterLineClass, WidgetType } from "@codemirror/view";

/** @type {import("@codemirror/state").StateEffectType<{ line: number, from: number, to: number, message: string } | null>} */
export const mark = StateEffect.define();

class Words extends WidgetType {
  /** @param {string} words */
  constructor(words) {
    super();
    this.words = words;
  }

  /** @param {Words} other */
  eq(other) {
    return this.words === other.words;
  }

  toDOM() {
    const place = document.createElement("div");
    place.className = "wrong-words";
    place.textContent = this.words;
    return place;
  }
}

const wrongNumber = new (class extends GutterMarker {
  elementClass = "wrong-number";
})();

const NONE = { text: Decoration.none, gutter: RangeSet.empty };

/** @type {StateField<{ text: import("@codemirror/view").DecorationSet, gutter: RangeSet<GutterMarker> }>} */
export const marks = StateField.define({
  create: () => NONE,
  update(marked, { changes, effects, newDoc }) {
    const asked = effects.find((effect) => effect.is(mark));
    if (!asked) return { text: marked.text.map(changes), gutter: marked.gutter.map(changes) };
    if (!asked.value) return NONE;
    const { line, from, to, message } = asked.value;
    const below = Decoration.widget({ widget: new Words(message), side: 1, block: true });
    const decorations = [
      Decoration.line({ class: "wrong-line" }).range(line),
      below.range(newDoc.lineAt(to).to),
    ];
    if (to > from) decorations.push(Decoration.mark({ class: "wrong" }).range(from, to));
    return { text: Decoration.set(decorations, true), gutter: RangeSet.of(wrongNumber.range(line)) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ text }) => text),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});
