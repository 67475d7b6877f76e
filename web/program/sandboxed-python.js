/**
 * @file One Python for one program, in a worker of the sandbox. The worker cannot fetch, so everything it is made of
 * is sent to it.
 * @import { Bytes, SandboxApi, FromProgram, Look, BootFrom, ToRun } from "../model/protocol.js"
 */
import * as Comlink from "comlink";
import { reason } from "../model/reason.js";
import { MisfitError } from "../model/shapes.js";
import { startFetcher } from "../python/boot.js";
import { MODULE, SCRIPT } from "../site/packs.js";
import { fetchFile, filesOfSite } from "../site/site-files.js";
import { parseWorkerMessage } from "./check-message.js";
import { NoSandboxError, startInSandbox } from "./sandbox.js";

/**
 * @param {BootFrom} start
 * @param {object} listener
 * @param {(message: FromProgram) => void} listener.onMessage
 * @param {() => void} listener.onMisuse  called for a message that no worker of ours sends; the console says what is wrong
 * @param {(why: string) => void} listener.onEnd  called when the worker will say nothing more
 */
export function startSandboxedPython(start, { onMessage, onMisuse, onEnd }) {
  const { port1: toProgram, port2: program } = new MessageChannel();
  /** @type {import("./sandbox.js").Started | undefined} */
  let worker;
  /** @type {ReturnType<typeof startFetcher> | undefined} */
  let fetching;
  let hasRun = false;
  let isEnded = false;
  const given = giveUp();

  async function boot() {
    const files = await filesOfSite();
    if (isEnded) return;
    const fetcher = startFetcher();
    fetching = fetcher;
    /** @param {string} name  @returns {Promise<Bytes>} */
    const file = (name) => Promise.race([fetcher.door.file(name, files[name]), fetcher.broken, given.up]);
    const load = () => ({
      code: Promise.all([file(SCRIPT), "\n", fetchFile(files, "worker.js")]),
      module: file(MODULE),
    });

    /** @param {BootFrom} start */
    async function from(start) {
      const { port1, port2 } = new MessageChannel();
      const started = startInSandbox(port2, load);
      worker = started;
      const door = /** @type {import("comlink").Remote<SandboxApi>} */ (Comlink.wrap(port1));
      const memory = file(`${start}.bin`);
      const numpy = memory.then(() => file("numpy.bin"));
      const booted = door.boot(start, passedOn(memory), passedOn(numpy));
      await Promise.race([booted, started.broken, fetcher.broken]);
      return { door, started };
    }

    const { door, started } = await from(start).catch((error) => {
      if (start === "pack" || isEnded || error instanceof NoSandboxError) throw error;
      worker?.end();
      return from("pack"); // the snapshot does not work here, whatever the reason
    });
    await Promise.race([door.prepare(Comlink.transfer(program, [program])), started.broken]);
    door[Comlink.releaseProxy](); // from here on the program's port is the only channel
    started.attend(false);
    started.broken.catch((error) => onEnd(reason(error)));
  }

  function stopFetching() {
    fetching?.worker.terminate();
    given.reject(new Error("It has been given up."));
  }

  toProgram.onmessage = ({ data }) => {
    try {
      const message = parseWorkerMessage(data);
      if ("ended" in message || "values" in message) worker?.attend(false);
      onMessage(message);
    } catch (error) {
      if (!(error instanceof MisfitError)) throw error;
      console.error(`The program’s Python sends what the page does not understand: ${error.message}`, data);
      onMisuse();
    }
  };
  const ready = boot().finally(stopFetching);
  ready.catch((error) => onEnd(reason(error)));
  return {
    ready,
    get hasRun() {
      return hasRun;
    },
    /** @param {ToRun | Look} message */
    post(message) {
      hasRun = true;
      worker?.attend(true);
      toProgram.postMessage(message);
    },
    end() {
      isEnded = true;
      toProgram.close();
      worker?.end();
      stopFetching();
    },
  };
}

/** A promise that rejects when a start is abandoned, so that nothing waits for files that will not arrive. */
function giveUp() {
  /** @type {(error: Error) => void} */
  let reject = () => {};
  /** @type {Promise<never>} */
  const up = new Promise((_, fail) => {
    reject = fail;
  });
  up.catch(() => {}); // whoever awaits it gets the error
  return { up, reject };
}

/** @param {Promise<Bytes>} file */
const passedOn = (file) => {
  file.catch(() => {}); // whoever awaits it gets the error
  return Comlink.proxy(async () => {
    const data = await file;
    return Comlink.transfer(data, [data.buffer]);
  });
};
