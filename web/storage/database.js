/**
 * @file The database of saved tables: IndexedDB, one record a table. A change counts when its transaction is complete,
 * which with "strict" durability means that it is on the disk.
 * @import { DBSchema, IDBPDatabase, IDBPObjectStore } from "idb"
 * @import { Stored } from "./table-record.js"
 */
import { openDB } from "idb";

const NAME = "tenlines";
const VERSION = 1;
const TABLES = "tables";
const PATIENCE = 8000; // milliseconds; a database that takes longer counts as broken
const DELETING = 500; // milliseconds that a browser takes to delete the data of a site

/** @typedef {DBSchema & { tables: { key: string, value: Stored } }} Schema */
/**
 * @template {IDBTransactionMode} Mode
 * @typedef {IDBPObjectStore<Schema, ["tables"], "tables", Mode>} Tables
 */
/** @typedef {ReturnType<typeof createDatabase>} Database */

/** @param {() => void} whenLost  called when the browser, or another page, has closed or deleted the database */
export function createDatabase(whenLost) {
  /** @type {Promise<IDBPDatabase<Schema>> | undefined} */
  let connection;

  async function open() {
    /** @type {IDBPDatabase<Schema>} */
    const database = await openDB(NAME, VERSION, {
      upgrade: (fresh) => fresh.createObjectStore(TABLES, { keyPath: "id" }),
      // Another page deletes or upgrades the database, and waits until this connection is closed.
      blocking(_, version) {
        close();
        if (version === null) whenLost();
      },
      terminated() {
        connection = undefined;
        setTimeout(whenLost, DELETING); // before that the browser may refuse to open one
      },
    });
    return database;
  }

  function connect() {
    connection ??= open().catch((error) => {
      connection = undefined; // the next attempt starts anew
      throw error;
    });
    return connection;
  }

  function close() {
    connection?.then((database) => database.close()).catch(() => {});
    connection = undefined;
  }

  /**
   * @template {IDBTransactionMode} Mode
   * @template Result
   * @param {Mode} mode
   * @param {(tables: Tables<Mode>) => Promise<Result>} act
   */
  async function transact(mode, act) {
    const begin = async () => (await connect()).transaction(TABLES, mode, { durability: "strict" });
    const transaction = await begin().catch((error) => {
      if (error.name !== "InvalidStateError") throw error;
      close(); // the connection was closing
      return begin();
    });
    const { done } = transaction;
    done.catch(() => {}); // it is awaited below, unless act fails first
    try {
      const result = await act(transaction.store);
      await done;
      return result;
    } catch (error) {
      try {
        transaction.abort(); // all of it or nothing
      } catch {
        // it has ended already
      }
      throw error;
    }
  }

  return {
    /**
     * @template Result
     * @param {(tables: Tables<"readonly">) => Promise<Result>} act  awaits nothing but the database
     */
    read: (act) => inTime(transact("readonly", act)),
    /**
     * One transaction: no other tab comes between what is read and what is written. Returns when it is on the disk.
     * @template Result
     * @param {(tables: Tables<"readwrite">) => Promise<Result>} act  awaits nothing but the database
     */
    change: (act) => inTime(transact("readwrite", act)),
    /** Until it is used again; what has been begun is completed. */
    close,
  };
}

/**
 * @template Result
 * @param {Promise<Result>} promise
 * @returns {Promise<Result>}
 */
function inTime(promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("no answer", "TimeoutError")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
