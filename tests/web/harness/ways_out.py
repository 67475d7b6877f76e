"""Every way known by which a program in a worker could send something, fetch something, or leave something behind.

`script` is JavaScript that tries them all. It runs in a learner's program, where none may get through, and, to show
that they are ways at all, in a worker that nothing holds back.
"""

import json

LEFT = "left behind"  # the name of everything that is to stay
OPEN_WAYS = 12  # so many at least get through, in every engine, where nothing holds them back

# Each gets an address whose end tells which way it was.
WAYS = r"""
const blob = text => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
const data = text => 'data:text/javascript,' + encodeURIComponent(text)
const ask = (u, open = XMLHttpRequest.prototype.open, isAsync = true) => {
  const request = new XMLHttpRequest()
  open.call(request, 'GET', u, isAsync)
  request.withCredentials = isAsync
  request.send()
}
const picture = u => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${u}"/></svg>`
const socket = u => u.replace('http', 'ws')
const root = async () => navigator.storage.getDirectory()
const ways = {
  'fetch': u => fetch(u),
  'fetch-no-cors': u => fetch(u, { mode: 'no-cors', credentials: 'include' }),
  'fetch-same-origin': u => fetch(u, { credentials: 'same-origin' }),
  'fetch-keepalive': u => fetch(u, { mode: 'no-cors', keepalive: true }),
  'fetch-post': u => fetch(u, { method: 'POST', body: 'secret', mode: 'no-cors' }),
  'fetch-delete': u => fetch(u, { method: 'DELETE' }),
  'fetch-redirect': u => fetch(u, { redirect: 'manual', mode: 'no-cors' }),
  'fetch-only-if-cached': u => fetch(u, { cache: 'only-if-cached', mode: 'same-origin' }),
  'fetch-request': u => fetch(new Request(u, { priority: 'high', referrerPolicy: 'unsafe-url' })),
  'fetch-inherited': u => Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch?.call(self, u),
  'fetch-evaluated': u => Function('u', 'return fetch(u)')(u),
  'fetch-eval': u => eval(`fetch(${JSON.stringify(u)})`),
  'fetch-timer': u => setTimeout(`fetch(${JSON.stringify(u)})`, 0),
  'fetch-later': u => fetchLater(u, { activateAfter: 0 }),
  'xhr': u => ask(u),
  'xhr-sync': u => ask(u, undefined, false),
  'importScripts': u => importScripts(u),
  'importScripts-blob': u => importScripts(blob(`importScripts(${JSON.stringify(u)})`)),
  'importScripts-data': u => importScripts(data(`importScripts(${JSON.stringify(u)})`)),
  'import': u => import(u),
  'import-blob': u => import(blob(`import ${JSON.stringify(u)}`)),
  'import-data': u => import(data(`import ${JSON.stringify(u)}`)),
  'websocket': u => new WebSocket(socket(u)),
  'websocket-constructed': u => Reflect.construct(WebSocket, [socket(u)]),
  'websocket-stream': u => new WebSocketStream(socket(u)),
  'event-source': u => new EventSource(u, { withCredentials: true }),
  'web-transport': u => new WebTransport(u.replace('http:', 'https:')),
  'font': u => new FontFace('x', `url(${u})`).load(),
  'beacon': u => navigator.sendBeacon(u, 'secret'),
  'rtc': u => new RTCPeerConnection({ iceServers: [{ urls: `stun:${new URL(u).host}` }] }).createOffer(),
  'bitmap': u => createImageBitmap(new Blob([picture(u)], { type: 'image/svg+xml' })),
  'image': u => { new Image().src = u },
  'compile-streaming': u => WebAssembly.compileStreaming(fetch(u)),
  'worker': u => new Worker(u),
  'worker-module': u => new Worker(u, { type: 'module' }),
  'shared-worker': u => new SharedWorker(u),
  'worker-blob': u => new Worker(blob(`fetch(${JSON.stringify(u)})`)),
  'worker-blob-imports': u => new Worker(blob(`importScripts(${JSON.stringify(u)})`)),
  'worker-data': u => new Worker(data(`fetch(${JSON.stringify(u)})`)),
  'shared-worker-blob': u => new SharedWorker(blob(`fetch(${JSON.stringify(u)})`)),
  'cache-add': async u => (await caches.open(LEFT)).add(u),
  'cache-inherited': async u => Cache.prototype.add.call(await CacheStorage.prototype.open.call(caches, LEFT), u),
  'service-worker': u => navigator.serviceWorker.register(u),
  'background-fetch': async u => (await navigator.serviceWorker.ready).backgroundFetch.fetch('x', [u]),
  'reports': u => new ReportingObserver(() => {}, { types: [u] }).observe(),
  'open': u => open(u),
  'clients': u => clients.openWindow(u),
  'location': u => { location.href = u },
  'location-assign': u => location.assign(u),
  'navigation': u => navigation.navigate(u),
  'parent': u => { parent.location = u },
  'top': u => { top.location = u },
  'document': u => { document.body.innerHTML = `<img src="${u}"><meta http-equiv="refresh" content="0;${u}">` },
  'notification': u => new Notification('x', { icon: u, image: u }),
  'payment': u => new PaymentRequest([{ supportedMethods: u }], {}).canMakePayment(),
}
const leaving = {
  database: () => indexedDB.open(LEFT),
  'inherited database': () => IDBFactory.prototype.open.call(indexedDB, LEFT),
  cache: async () => (await caches.open(LEFT)).put(here, new Response(LEFT)),
  file: async () => (await root()).getFileHandle(LEFT, { create: true }),
  bucket: () => navigator.storageBuckets.open(LEFT.replace(' ', '-')),
  'old file': () => webkitRequestFileSystem(1, 99, system => system.root.getFile(LEFT, { create: true })),
  'old file at once': () => webkitRequestFileSystemSync(0, 99).root.getFile(LEFT, { create: true }),
  lock: () => navigator.locks.request(LEFT, () => new Promise(() => {})),
  channel: () => { for (let n = 0; n < 20; n++) setTimeout(() => channel.postMessage(LEFT), n * 50) },
  cookie: () => cookieStore.set(LEFT.replace(' ', '-'), '1'),
  'cookie of a document': () => { document.cookie = 'left=1' },
  'local storage': () => localStorage.setItem(LEFT, LEFT),
}
let channel
try { channel = new BroadcastChannel(LEFT) } catch {}
const attempt = act => { try { Promise.resolve(act()).catch(() => {}) } catch {} }
for (const base of [here, foreign])
  for (const [name, act] of Object.entries(ways)) attempt(() => act(`${base}way-${name}`))
for (const act of Object.values(leaving)) attempt(act)
"""

# What the frame takes from the page, said by the program in its stead: it would start other code, or end the worker.
FORGED = r"""
const orders = [{ start: 9 }, { code: [`fetch('${here}way-forged')`] }, { broken: {} }, 'end', 'there', null]
for (const order of orders) dispatchEvent(new MessageEvent('message', { data: order }))
"""


def script(here: str, foreign: str) -> str:
    """here: an address of the page's own server, where it has one; foreign: one of another."""
    return f"const [here, foreign, LEFT] = {json.dumps([here, foreign, LEFT])}\n{WAYS}"


def program(here: str, foreign: str) -> str:
    """A program that tries all, in its own worker and in one that it starts, and has printed `begun` before."""
    code = f"{{{script(here, foreign)}{FORGED}}}"
    return f"""\
import js
from pyodide.ffi import to_js
from time import perf_counter
print("begun")
code = js.URL.createObjectURL(js.Blob.new(to_js([{json.dumps(code)}]), type="text/javascript"))
try:
    js.Worker.new(code)
except Exception:
    pass
js.importScripts(code)
until = perf_counter() + 2
while perf_counter() < until:
    pass
print("tried")
"""


# In the page: listens from the first time it is asked, and tells what of the program's has come to be in its origin.
FOUND = f"""async () => {{
  const left = {json.dumps(LEFT)}
  if (!window.overheard) {{
    window.overheard = []
    const channel = new BroadcastChannel(left)
    channel.onmessage = () => window.overheard.push('channel')
  }}
  const found = new Set(window.overheard)
  const look = async (name, act) => {{ try {{ if (await act()) found.add(name) }} catch {{}} }}
  await look('database', async () => (await indexedDB.databases()).some(({{ name }}) => name === left))
  await look('cache', () => caches.has(left))
  await look('file', async () => (await navigator.storage.getDirectory()).getFileHandle(left))
  await look('lock', async () => (await navigator.locks.query()).held.some(({{ name }}) => name === left))
  await look('cookie', () => document.cookie.includes('left'))
  await look('local storage', () => localStorage.getItem(left))
  return [...found].sort()
}}"""

RUN_FREELY = """code => {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  window.free = new Worker(address)
}"""
