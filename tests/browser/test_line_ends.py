"""Lines end where a reader would end them, in a browser that knows how."""

import pytest

LONELY = """() => {
  const lonely = [];
  for (const block of document.querySelectorAll('main p, main li')) {
    if (!block.offsetParent || block.querySelector('p, li, details')) continue;
    const lines = new Map();
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (let at = 0; at < text.length; at++) {
        const sign = document.createRange();
        sign.setStart(text, at);
        sign.setEnd(text, at + 1);
        const { height, bottom } = sign.getBoundingClientRect();
        const line = Math.round(bottom / 8);
        if (height && /[\\p{L}\\p{N}]/u.test(text.data[at]))
          lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    if (lines.size > 1 && lines.get(Math.max(...lines.keys())) < 2)
      lonely.push(block.innerText);
  }
  return lonely;
}"""

BROKEN_PHRASES = """() => {
  const broken = [];
  for (const heading of document.querySelectorAll('main h1, main h2')) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const line = (at) => {
        const sign = document.createRange();
        sign.setStart(text, at);
        sign.setEnd(text, at + 1);
        return Math.round(sign.getBoundingClientRect().top / 8);
      };
      for (let at = 1; at < text.length; at++) {
        const within = /^\\p{L}{2}$/u.test(text.data.slice(at - 1, at + 1));
        if (within && line(at - 1) !== line(at)) broken.push(heading.innerText);
      }
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", ["/", "/about", "/privacy", "/check", "/trips"])
def test_with_the_largest_text_a_heading_breaks_between_phrases(
    page_of, service, path, width, language
):
    page = page_of(width=width, java_script_enabled=True, bypass_csp=True)
    page.goto(f"{service.url}{path}?lang={language}")
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert [] == page.evaluate(BROKEN_PHRASES)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("state", ["close", "general", "unlisted", "trip_listed", "privacy"])
def test_no_text_ends_in_a_line_of_one_character(page_of, show, state, width, language):
    page = page_of(width=width)
    show(page, state, language)
    assert [] == page.evaluate(LONELY)


def test_a_japanese_word_is_read_on_one_line(page_of, show):
    page = page_of(width=360)
    show(page, "close", "ja")
    broken = """() => [...document.querySelectorAll('main li')].filter((item) => {
      const text = [...item.childNodes].find((node) => node.data?.includes('ください'));
      if (!text) return false;
      const word = document.createRange();
      word.setStart(text, text.data.lastIndexOf('ください'));
      word.setEnd(text, text.data.lastIndexOf('ください') + 4);
      return word.getClientRects().length > 1;
    }).map((item) => item.innerText)"""
    assert [] == page.evaluate(broken)
