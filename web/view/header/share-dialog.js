/**
 * @file Share: copies the link at once; the dialog says so and has the QR code, the weights and the code for
 * embedding.
 * @import { State } from "../../state/state.js"
 */
import { computed, signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { toClipboard } from "../../browser/clipboard.js";
import { embedOptionsText, panelsOnPage, snippet } from "../../documents/embed.js";
import { bareAddress, writeLink } from "../../documents/link.js";
import { codeToKeep, nameOf, titleOf } from "../../model/document.js";
import { IS_ONE_FILE, SITE_ADDRESS } from "../../site/site-files.js";
import { createDialog } from "../kit/dialog.js";
import { qrCode } from "./qr.js";

const TOO_LONG =
  "This is too large for a link: programs that pass links on would cut it. Give the file to others instead.";
const FROM_A_FILE =
  "This page is a file, which no link leads to. Give the file to others instead: it opens with your table in it.";

/**
 * @param {State} state
 * @param {() => void} download  what can be given away as a file
 */
export function createShare(state, download) {
  const address = signal(""); // empty while it is being made, and where there can be none
  const copied = signal("");
  const withWeights = signal(false);
  const panels = panelsOnPage();
  const look = signal({ panels: panels.map(({ name }) => name), readOnly: false, theme: "" });
  const embedded = computed(() => snippet(address.value + embedOptionsText(look.value)));

  /** @param {import("../../model/document.js").Trained} [trained] */
  async function makeLink(trained) {
    const page = IS_ONE_FILE ? SITE_ADDRESS : bareAddress(location.href);
    const [name, code] = [nameOf(state.work.value), codeToKeep(state.code.value)];
    const link = await writeLink(state.problem.value, { name, code, trained });
    if (trained && !link) return false;
    address.value = page && link ? page + link : "";
    return true;
  }

  async function toggleWeights() {
    const { frame, problem } = state.run.value;
    const isCurrent = frame !== null && problem === state.problem.value;
    copied.value = "";
    if (withWeights.value) {
      withWeights.value = false;
      await makeLink();
    } else if (!isCurrent) {
      copied.value = "The weights are not there yet: the table is still being trained.";
    } else if (await makeLink(frame)) {
      withWeights.value = true;
    } else {
      copied.value = "With its weights the link would be too long: this is the one without.";
    }
  }

  /** @param {Promise<void>} copying  @param {string} what */
  async function sayCopied(copying, what) {
    try {
      await copying;
      copied.value = `${what} copied.`;
    } catch {
      copied.value = `Your browser does not let a page copy: select the ${what.toLowerCase()} below and copy it.`;
    }
  }

  const dialog = createDialog("share", "Share", () => {
    if (!address.value) return insteadTemplate();
    return html`
      <p role="status">${copied.value}</p>
      <div class="line">
        <input aria-label="Link" readonly .value=${address.value} @focus=${selectAll} />
        <button type="button" @click=${() => sayCopied(toClipboard(address.value), "Link")}>Copy link</button>
        ${"share" in navigator ? html`<button type="button" @click=${send}>Send to…</button>` : nothing}
      </div>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${withWeights.value}
          @change=${async (/** @type {Event} */ { target }) => {
            await toggleWeights();
            /** @type {HTMLInputElement} */ (target).checked = withWeights.value;
          }}
        />
        With the weights on show, to be seen before any training
      </label>
      <p class="soft">The whole table is in the link itself, after the #. It is sent to nobody but whom you give it to.</p>
      ${qrTemplate(address.value)} ${embedTemplate()}
    `;
  });

  const insteadTemplate = () => html`<p>${IS_ONE_FILE && !SITE_ADDRESS ? FROM_A_FILE : TOO_LONG}</p>
    <button
      type="button"
      @click=${() => {
        dialog.close();
        download();
      }}
    >
      Download…
    </button>`;

  const embedTemplate = () => html`<details>
    <summary>Put it into a page of yours</summary>
    <fieldset class="line">
      <legend>Show</legend>
      ${panels.map(
        ({ name, title }) => html`<label class="choice">
          <input type="checkbox" .checked=${look.value.panels.includes(name)} @change=${() => toggle(name)} />
          ${title}
        </label>`,
      )}
    </fieldset>
    <div class="line">
      <label class="choice">
        <input
          type="checkbox"
          .checked=${look.value.readOnly}
          @change=${() => {
            look.value = { ...look.value, readOnly: !look.value.readOnly };
          }}
        />
        Read-only
      </label>
      <label class="choice">
        Colours
        <select
          aria-label="Colours"
          @change=${(/** @type {Event} */ event) => {
            look.value = { ...look.value, theme: /** @type {HTMLSelectElement} */ (event.target).value };
          }}
        >
          <option value="">the reader’s</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
    </div>
    <textarea aria-label="Code for your page" readonly rows="4" .value=${embedded.value} @focus=${selectAll}></textarea>
    <button type="button" @click=${() => sayCopied(toClipboard(embedded.value), "Code")}>Copy code</button>
  </details>`;

  /** @param {string} panel */
  function toggle(panel) {
    const shown = look.value.panels;
    const chosen = panels.map(({ name }) => name).filter((name) => shown.includes(name) !== (name === panel));
    if (chosen.length > 0) look.value = { ...look.value, panels: chosen };
    else look.value = { ...look.value }; // one stays
  }

  const send = () =>
    navigator
      .share({ title: "Tenlines", text: titleOf(state.work.value), url: address.value })
      .catch(() => {}); // closed

  /**
   * @param {(link: Promise<string>) => void} give  gives the link to
   * @param {Promise<void>} copying  what has begun to copy it, at the click
   */
  return async function share(give, copying) {
    withWeights.value = false;
    copied.value = "";
    const made = makeLink().then(() => address.value || Promise.reject(new Error("There is no link.")));
    give(made);
    const saying = sayCopied(copying, "Link");
    await made.catch(() => {});
    dialog.open();
    await saying;
  };
}

/** @param {FocusEvent} event */
const selectAll = ({ target }) => /** @type {HTMLInputElement} */ (target).select();

/** @param {string} address */
function qrTemplate(address) {
  const code = qrCode(address);
  if (!code) return html`<p class="soft">The link is too long for a QR code that a camera could read.</p>`;
  return html`<svg class="qr" viewBox="0 0 ${code.size} ${code.size}" role="img" aria-label="QR code of the link">
    ${svg`<path d=${code.path} />`}
  </svg>`;
}
