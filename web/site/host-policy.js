/**
 * @file Finds out after a failed start whether a Content-Security-Policy or a sandbox that is not the page's own
 * prevents it. It tries each thing that the page needs, for the errors of workers and of fetch do not tell.
 */
import { IS_ONE_FILE } from "./site-files.js";

const SANDBOX =
  "This host, or the page around this one, has put it in a sandbox without allow-same-origin, where it may not read its own files.";
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const LONG = 1000; // milliseconds within which a forbidden one fails

/** What the page needs, in the words of a policy, each with what is refused where it is not allowed. */
const NEEDS = {
  "'self' in connect-src": () => isReported("connect-src", () => fetch(document.baseURI, { method: "HEAD" })),
  "blob: in worker-src": () => isRefused("postMessage(0); close()", (address) => new Worker(address)),
  "blob: in script-src": () =>
    isRefused("", (src) =>
      document.head.appendChild(Object.assign(document.createElement("script"), { src })),
    ),
  "'wasm-unsafe-eval' in script-src": async () => !canCompile(),
};

/** @returns {Promise<string | undefined>} a sentence, where it is a policy that stands in the way */
export async function whatHostForbids() {
  if (IS_ONE_FILE) return undefined;
  if (origin === "null") return SANDBOX;
  if (takesNoText()) return sentence("must not have require-trusted-types-for");
  const missing = [];
  for (const [need, isForbidden] of Object.entries(NEEDS)) if (await isForbidden()) missing.push(need);
  return missing.length > 0 ? sentence(`must allow ${missing.join(", ")}`) : undefined;
}

/** @param {string} what */
const sentence = (what) =>
  `This host sends a Content-Security-Policy of its own, which forbids it: it ${what}. Only who runs the host can change that.`;

function takesNoText() {
  try {
    document.createElement("script").src = "data:,";
    return false;
  } catch {
    return true;
  }
}

function canCompile() {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the browser refuses to run a script from a blob.
 * @param {string} code
 * @param {(address: string) => EventTarget} load
 * @returns {Promise<boolean>}
 */
async function isRefused(code, load) {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    const loaded = load(address);
    return await new Promise((resolve) => {
      loaded.addEventListener("error", () => resolve(true));
      for (const sign of ["load", "message"]) loaded.addEventListener(sign, () => resolve(false));
      setTimeout(resolve, LONG, false);
    });
  } catch {
    return true;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * @param {string} directive
 * @param {() => Promise<unknown>} act
 * @returns {Promise<boolean>}
 */
function isReported(directive, act) {
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", (event) => {
      if (event.disposition === "enforce" && event.effectiveDirective === directive) resolve(true);
    });
    // The report comes a moment after the refusal.
    const after = () => setTimeout(resolve, 100, false);
    act().then(after, after);
    setTimeout(resolve, LONG, false);
  });
}
