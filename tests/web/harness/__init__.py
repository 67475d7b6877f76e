"""Drives the built page in real browsers, by role and name: one test text, three engines.

`site_server` serves dist/site, `browsers` finds and starts the engines, `page` is the vocabulary that the
tests are written in; `playwright_page` and `webkit_page` are its two implementations. `offline` adds the words about
the service worker, `versions` makes later versions of the site.
"""
