// What every state of the page has to keep to: names for controls, room for fingers, contrast, no sideways scrolling.

import assert from "node:assert/strict";

/// Controls without a name, doubled ids, pictures without words.
export async function named(page) {
  const wrong = await page.evaluate(() => {
    const seen = (one) => one.checkVisibility() && !one.closest("[aria-hidden=true]");
    const label = (one) => one.getAttribute("aria-label") || one.textContent.trim() || one.title || one.placeholder || [...(one.labels ?? [])].map((l) => l.textContent.trim()).join("");
    const list = [];
    for (const one of document.querySelectorAll("button, a, input, textarea, select, [role=option], [role=menuitem], [role=tab], [role=dialog], dialog, aside, nav")) {
      const by = one.getAttribute("aria-labelledby");
      if (seen(one) && !label(one) && !(by && document.getElementById(by)?.textContent.trim())) list.push(`no name: ${one.outerHTML.slice(0, 120)}`);
    }
    for (const one of document.querySelectorAll("[tabindex]")) if (one.tabIndex > 0) list.push(`tab order forced: ${one.outerHTML.slice(0, 80)}`);
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) list.push(`id twice: ${id}`);
    for (const one of document.querySelectorAll("img")) if (!one.hasAttribute("alt")) list.push("picture without words");
    for (const one of document.querySelectorAll("[aria-controls]")) {
      if (one.getAttribute("aria-expanded") === "true" && !document.getElementById(one.getAttribute("aria-controls"))) list.push(`controls nothing: ${one.outerHTML.slice(0, 120)}`);
    }
    if (document.querySelectorAll("main").length !== 1) list.push("not one main");
    if (!document.documentElement.lang) list.push("no language");
    return list;
  });
  assert.deepEqual(wrong, []);
}

/// Nothing may stick out sideways.
export async function fits(page) {
  const { wide, out } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const hidden = (one) => one.closest(".unseen, .skip, [hidden]") || getComputedStyle(one).visibility === "hidden";
    const out = [...document.querySelectorAll("main *, dialog *, .popup *")].filter((one) => one.checkVisibility() && !hidden(one) && !one.closest("pre, svg") && one.getBoundingClientRect().right > width + 1);
    return { wide: document.documentElement.scrollWidth > width, out: out.slice(0, 5).map((one) => one.outerHTML.slice(0, 120)) };
  });
  assert.equal(wide, false, "the page scrolls sideways");
  assert.deepEqual(out, []);
}

/// Controls a finger cannot hit: less than 44 pixels in either direction. Links and buttons within text are exempt.
export async function touchable(page) {
  const small = await page.evaluate(() => {
    const list = [];
    for (const one of document.querySelectorAll("button, select, input:not([type=checkbox], [type=radio]), textarea, summary, label.tick, label.switch, [role=option]")) {
      if (!one.checkVisibility() || getComputedStyle(one).visibility === "hidden" || one.closest(".unseen") || one.classList.contains("unseen") || one.matches(".mention, .spoiler, .plain")) continue;
      const { width, height } = one.getBoundingClientRect();
      if (width < 43.5 || height < 43.5) list.push(`${Math.round(width)}x${Math.round(height)} ${one.outerHTML.slice(0, 90)}`);
    }
    return list;
  });
  assert.deepEqual(small, []);
}

/// Text that is too faint: less than 4.5 to 1 against what lies behind it (WCAG 2.2, AA).
export async function readable(page) {
  const faint = await page.evaluate(() => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (css) => {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = css;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = (top, below) => top.slice(0, 3).map((part, at) => part * top[3] + below[at] * (1 - top[3])).concat(1);
    const behind = (one) => {
      const layers = [];
      for (let at = one; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
      return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
    };
    const light = (color) => color.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const list = new Set();
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const one = words.currentNode.parentElement;
      const text = words.currentNode.textContent.trim();
      if (!/[\p{L}\p{N}]/u.test(text) || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || one.closest(".unseen, :disabled, .time-aside, option")) continue;
      // A person's colour is the guild's choice.
      if (one.closest(".name")?.style.color) continue;
      const back = behind(one);
      const [a, b] = [light(over(rgba(getComputedStyle(one).color), back)), light(back)].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < 4.5) list.add(`${ratio.toFixed(2)} ${one.tagName}.${one.className}: ${text.slice(0, 30)}`);
    }
    return [...list];
  });
  assert.deepEqual(faint, []);
}
