/** Short notices that go by themselves. */

import { byId, el, icon } from "./dom.js";

const SNACKBAR_MS = 10_000;
const MAX_SNACKBARS = 3;

/** A short notice at the bottom for some seconds; `link` may hold a node to press. */
export function snackbar(text, link = null) {
  const box = byId("snackbars");
  const notice = el("div", { class: "snackbar" }, el("span", {}, text), link,
    el("button", { type: "button", "aria-label": "Закрыть", onclick: () => notice.remove() }, icon("close")));
  box.append(notice);
  while (box.children.length > MAX_SNACKBARS) box.firstElementChild.remove();
  setTimeout(() => notice.remove(), SNACKBAR_MS);
}
