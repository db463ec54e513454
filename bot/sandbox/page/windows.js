/** Small windows over the page: a picture, a question with fields, a menu under a button. */

import { el, icon } from "./dom.js";

/** A picture as large as fits; a click or Esc closes it. */
export function showPicture(address) {
  const close = el("button", { type: "button", class: "round", "aria-label": "Закрыть" }, icon("close"));
  const original = el("a", { class: "original", href: address, target: "_blank", rel: "noopener" }, "Открыть оригинал");
  const dialog = el("dialog", { class: "viewer", "aria-label": "Фотография", onclick: () => dialog.close() },
    el("img", { src: address, alt: "Фотография" }), close, original);
  open(dialog);
}

/**
 * A small form. `fields` are {name, label, value?, type?, placeholder?, required?, pattern?}; the answer is an
 * object of trimmed values by name, or null when the person thought better of it.
 */
export function ask(title, fields, action) {
  const inputs = fields.map(({ label, ...rest }) => el("label", {}, label, el("input", { type: "text", ...rest })));
  const form = el("form", { method: "dialog", onsubmit: (event) => {
    event.preventDefault();
    dialog.close("done");
  } }, el("h2", {}, title), inputs, el("div", { class: "choices" },
    el("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, "Отмена"),
    el("button", { type: "submit", class: "button primary" }, action)));
  const dialog = el("dialog", { class: "ask", "aria-label": title }, form);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const entries = fields.map(({ name }) => [name, form.elements[name].value.trim()]);
      resolve(dialog.returnValue === "done" ? Object.fromEntries(entries) : null);
    });
    open(dialog);
  });
}

function open(dialog) {
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Makes `button` open a menu of what `items()` gives at that moment: {label, icon?, act} each. Arrow keys walk
 * it, Esc and a click elsewhere close it.
 */
export function menuUnder(button, items) {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  let menu = null;
  const close = () => {
    menu?.remove();
    menu = null;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => {
    if (!button.parentElement.contains(event.target)) close();
  };
  button.addEventListener("click", () => {
    if (menu) return close();
    menu = el("div", { class: "menu", role: "menu", onkeydown: (event) => walk(event, menu, () => {
      close();
      button.focus();
    }) }, items().map(({ label, icon: name, act }) => el("button", { type: "button", role: "menuitem", onclick: () => {
      close();
      button.focus();
      act();
    } }, name ? icon(name) : null, label)));
    button.after(menu);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    menu.firstElementChild.focus();
  });
}

function walk(event, menu, leave) {
  const options = [...menu.children];
  const at = options.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (event.key === "Escape" || event.key === "Tab") {
    leave();
  } else if (event.key in steps) {
    options.at(steps[event.key] % options.length).focus();
  } else {
    return;
  }
  event.preventDefault();
}
