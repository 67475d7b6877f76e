/** @file The questions that stand in the HTML, until the script that answers them has come and draws them anew. */

/**
 * A question that is pressed so early is asked as soon as it can be.
 * @param {(ask: () => void) => unknown} withQuestions  calls `ask` once the script is there
 */
export function showEarlyQuestions(withQuestions) {
  for (const early of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".questions button")
  )) {
    const drawn = `[data-question="${early.dataset.question}"][aria-expanded="false"]`; // not when pressed a second time
    early.addEventListener("click", () =>
      withQuestions(() => /** @type {HTMLElement | null} */ (document.querySelector(drawn))?.click()),
    );
  }
}
