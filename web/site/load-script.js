/**
 * @file Scripts that the page fetches when they are first wanted: modules, gzipped by the build, imported from a blob, so
 * that they are watched and verified as every file is, and are had from the one file too.
 */
import { loadPacked } from "./packs.js";
import { fetchVerified, filesOfSite } from "./site-files.js";

/**
 * @param {string} name  as the build has it
 * @returns {() => Promise<any>}  gives the module; where it could not be fetched, the next call tries again
 */
export function createScript(name) {
  /** @type {Promise<any> | undefined} */
  let loading;
  return () => {
    loading ??= fetchScript(name).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** @param {string} name */
async function fetchScript(name) {
  const packed = await fetchVerified(await filesOfSite(), name);
  const address = URL.createObjectURL(await loadPacked(name, packed, (response) => response.blob()));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
