/** @file Files on their way to another thread. */
import * as Comlink from "comlink";

/**
 * For a message: bytes are moved, not copied.
 * @template File
 * @param {File} file
 * @returns {File}
 */
export const moved = (file) => (file instanceof Uint8Array ? Comlink.transfer(file, [file.buffer]) : file);
