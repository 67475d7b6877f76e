"""Hosts that send headers of their own: the page answers, or names what stands in its way and who can change it."""

import gzip

import pytest
from harness.faults import AFTER, WITHIN, check_retry, is_answered, outcome
from harness.page import START_TIMEOUT
from harness.program import ProgramOnPage

CSP = "Content-Security-Policy"
NO_SNIFFING = {"X-Content-Type-Options": "nosniff"}
SHOWN = "() => document.body.innerText"
OURS = "default-src 'self'; script-src 'self' 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:"

# By a few words: the headers, and what the sentence names, each thing that the page needs once; "" where the page
# answers all the same.
HEADERS = {
    "a policy that allows what is needed": ({CSP: OURS}, ""),
    "no inline script": ({CSP: OURS.replace("'unsafe-inline' ", "")}, ""),
    "only own things": ({CSP: "default-src 'self'"}, "blob: in worker-src"),
    "inline scripts only": ({CSP: "script-src 'unsafe-inline'"}, "(script-src-elem)"),
    "no blobs": (
        {CSP: "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"},
        "blob: in worker-src, blob: in script-src",
    ),
    "no WebAssembly": ({CSP: "script-src 'self' 'unsafe-inline' blob:"}, "'wasm-unsafe-eval' in script-src"),
    "no connections": ({CSP: "connect-src 'none'"}, "'self' in connect-src"),
    "no style": ({CSP: "style-src 'none'"}, "(style-src-elem)"),
    "a sandbox with scripts": ({CSP: "sandbox allow-scripts"}, "allow-same-origin"),
    "a sandbox with scripts and its origin": ({CSP: "sandbox allow-scripts allow-same-origin allow-forms"}, ""),
    "trusted types": ({CSP: "require-trusted-types-for 'script'"}, "must not have require-trusted-types-for"),
    "no trusted types": ({CSP: "require-trusted-types-for 'script'; trusted-types 'none'"}, "(trusted-types)"),
    "what the page does not need": (
        {CSP: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; img-src 'none'"},
        "",
    ),
    "isolation": (
        {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"},
        "",
    ),
    "all that a careful host sends": (
        {
            f"{CSP}-Report-Only": "default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "sync-xhr=(), clipboard-write=(), web-share=(), cross-origin-isolated=()",
            "Cache-Control": "no-store",
            "Vary": "*",
            "Pragma": "no-cache",
            **NO_SNIFFING,
            "Origin-Agent-Cluster": "?1",
            "Document-Policy": "document-write=?0",
        },
        "",
    ),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_a_host_with_headers_of_its_own(engine, open_page, own_light_site, kind):
    headers, named = HEADERS[kind]
    own_light_site.label(headers)
    page = open_page(own_light_site, ready=False)
    said = outcome(page)
    if not named:
        assert said == ""
        return
    assert named in said
    assert "Check the connection" not in said, "that is not where the cause is"
    if page.engine_state() == "failed":
        check_retry(page, own_light_site)


# Nothing of the page's can run: its HTML alone says so.
WITHOUT_SCRIPTS = {
    "no script": {CSP: "script-src 'none'"},
    "nothing": {CSP: "default-src 'none'"},
    "scripts of another origin only": {CSP: "script-src https://cdn.invalid"},
    "a sandbox": {CSP: "sandbox"},
}


@pytest.mark.parametrize("kind", WITHOUT_SCRIPTS)
def test_where_no_script_may_run_the_html_says_so(engine, open_page, own_light_site, kind):
    own_light_site.label(WITHOUT_SCRIPTS[kind])
    page = open_page(own_light_site, ready=False)
    said = "needs JavaScript" if kind == "a sandbox" else "forbids its scripts (by a Content-Security-Policy"

    def is_said() -> bool:
        page.evaluate(AFTER, WITHIN * 1000)
        return said in page.evaluate(SHOWN)

    page.wait_until(is_said, "the sentence", START_TIMEOUT)
    own_light_site.heal()
    page.reload() if kind == "a sandbox" else page.find("link", "Retry").click()
    page.wait_until(lambda: is_answered(page), "the answer", START_TIMEOUT)


# Of single files, by their names' ends.
LABELS = {  # how a file is unpacked, however it is packed, is tested in Node (tests/node/site-files.test.mjs)
    "gzip, which the browser then takes off": (".bin", {"Content-Encoding": "gzip"}, "", lambda data: data),
    "as text": (".bin", {"Content-Type": "text/plain; charset=utf-16", **NO_SNIFFING}, "", gzip.compress),
    "main.js as text": ("main.js", {"Content-Type": "text/plain", **NO_SNIFFING}, "main.js", lambda data: data),
    "worker.js as text": ("worker.js", {"Content-Type": "text/plain"}, "worker.js", lambda data: data),
    "style.css as text": ("style.css", {"Content-Type": "text/plain"}, "style.css", lambda data: data),
}


@pytest.mark.wants_rest  # the whole page holds it
@pytest.mark.parametrize("kind", LABELS)
def test_a_host_with_labels_of_its_own(engine, open_page, own_site, kind):
    name, headers, named, edit = LABELS[kind]
    own_site.label(headers, name)
    own_site.change(name, edit)
    page = open_page(own_site, ready=False)
    said = outcome(page)
    if named:
        assert f"{named} " in said
        check_retry(page, own_site)
        return
    assert said == ""
    page.button("Edit code").click()
    page.wait_until(ProgramOnPage(page).editor.exists, "the editor")
    page.choose("Engine", "NumPy")
    page.wait_until(lambda: "NumPy" in page.status() or is_answered(page), "NumPy")
    page.button("Download").click()
    page.button("The whole page, one file").click()
    page.wait_status("Saved tenlines.html,")
