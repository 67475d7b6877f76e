/**
 * @file The editor of the program: CodeMirror, a bundle of its own that is loaded when the editor is first opened.
 *
 * It lives in a shadow root. There its styles are adopted style sheets, which the page's policy lets through; in the
 * page itself they would be style elements, which it does not.
 */
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { Annotation, EditorState, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { mark, marks } from "./error-marks.js";

const FROM_OUTSIDE = Annotation.define();

// Colours have their meaning on this page, so what the words are is said by their weight.
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], fontWeight: "600" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.string, fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "var(--code)" },
  "&.cm-focused": { outline: "2px solid var(--ask)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", maxHeight: "calc(0.6 * var(--window))" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "transparent", border: "0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--line) 40%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--ask) 25%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--line)", outline: "1px solid var(--edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--problem)" },
  ".wrong-line": { backgroundColor: "color-mix(in srgb, var(--problem) 12%, transparent)" },
  ".wrong-number": { color: "var(--problem)", fontWeight: "600" },
  ".wrong": { textDecoration: "underline wavy var(--problem)", textUnderlineOffset: "4px" },
  ".wrong-words": { padding: "0 6px 4px", color: "var(--problem)", fontFamily: "var(--sans)" },
});

/**
 * Typing over a selection is done here: Chromium would keep the look of what was there in a style attribute, which the
 * page's policy refuses, and says so.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== "insertText" || !data || empty || isComposing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});

/**
 * @param {HTMLElement} parent
 * @param {{ text: string, label: string, onChange: (text: string) => void, onRun: () => void }} given  onRun is called
 *   by Ctrl+Enter. Tab indents; Escape and then Tab leaves the editor.
 */
export function createEditor(parent, { text, label, onChange, onRun }) {
  const root = parent.attachShadow({ mode: "open" });
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    doc: text,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      pythonLanguage,
      syntaxHighlighting(highlighting),
      theme,
      typeOver,
      marks,
      keymap.of([{ key: "Mod-Enter", run }]),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of(({ docChanged, transactions, state }) => {
        if (docChanged && !transactions.some((done) => done.annotation(FROM_OUTSIDE)))
          onChange(state.doc.toString());
      }),
    ],
  });

  /** @param {number} number */
  const lineAt = (number) => view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));

  return {
    get text() {
      return view.state.doc.toString();
    },
    /** @param {string} text  is no step of the editor's own undo */
    setText(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: [FROM_OUTSIDE.of(true), Transaction.addToHistory.of(false)],
      });
    },
    /**
     * @param {import("../model/protocol.js").Spot} place
     * @param {string} message
     */
    mark({ line, column, end_line, end_column }, message) {
      const first = lineAt(line);
      const last = lineAt(end_line);
      const from = Math.min(first.from + (column ?? 0), first.to);
      const to = Math.min(last.from + (end_column ?? last.length), last.to);
      view.dispatch({ effects: mark.of({ line: first.from, from, to: Math.max(from, to), message }) });
    },
    clearMarks() {
      view.dispatch({ effects: mark.of(null) });
    },
    /** @param {number} [line]  to go to */
    focus(line) {
      view.focus();
      if (line === undefined) return;
      view.dispatch({ selection: { anchor: lineAt(line).from }, scrollIntoView: true });
    },
    destroy: () => view.destroy(),
  };
}
