"""A test that opens a page of its own finds nothing there of the tests before it."""

from harness.browsers import CHROMIUM

FILL = """async () => {
  localStorage.setItem('left', '1')
  sessionStorage.setItem('left', '1')
  document.cookie = 'left=1'
  window.name = 'left'
  history.pushState({}, '', '#left')
  await new Promise((resolve, reject) =>
    Object.assign(indexedDB.open('left'), { onsuccess: resolve, onerror: reject }))
  await (await caches.open('left')).put('left', new Response('1'))
  await navigator.serviceWorker.register('sw.js')
  await navigator.serviceWorker.ready
  addEventListener('pagehide', () => {
    localStorage.setItem('last moment', '1')
    sessionStorage.setItem('last moment', '1')
  })
}"""
READ = """async () => ({
  kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(key => key.includes('l')),
  cookie: document.cookie,
  name: window.name,
  hash: location.hash,
  history: history.length,
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  looks: [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('print').matches,
    matchMedia('(prefers-reduced-motion: reduce)').matches, matchMedia('(forced-colors: active)').matches],
  databases: (await indexedDB.databases()).map(({ name }) => name).filter(name => name === 'left'),
})"""


def test_the_tab_that_another_test_has_used_is_as_good_as_a_new_one(browsers, site):
    fresh = browsers.page(CHROMIUM, locale="en-US")
    fresh.open(site.url)
    expected = fresh.evaluate(READ)
    fresh.close()
    page = browsers.page(CHROMIUM)
    page.open(site.url)
    page.page.set_viewport_size({"width": 320, "height": 500})
    page.page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active")
    page.page.mouse.down()
    page.evaluate(FILL)
    assert page.evaluate(READ) != expected
    browsers.give_back(page, f"{site.url}notices.txt")
    again = browsers.page(CHROMIUM)
    assert again is page, "the tab is used again"
    again.open(site.url)
    assert again.evaluate(READ) == expected
    browsers.give_back(again, f"{site.url}notices.txt")


def test_a_tab_that_playwright_has_changed_is_not_used_again(browsers, site):
    page = browsers.page(CHROMIUM)
    page.open(site.url)
    page.page.add_init_script("window.left = true")
    browsers.give_back(page, f"{site.url}notices.txt")
    again = browsers.page(CHROMIUM)
    assert again is not page
    browsers.give_back(again, f"{site.url}notices.txt")
