/** The bot's buttons: a plain keyboard, an inline one, those of a carousel's card. */

import { el, icon, outerLink } from "./dom.js";

const COLORS = new Set(["primary", "secondary", "positive", "negative"]);
const FIXED_LABELS = { location: "Отправить местоположение", vkpay: "Оплатить через VK Pay" };

/** Where a callback waits at most; VK's client gives up after a minute. */
const PATIENCE_MS = 60_000;

/**
 * Rows of buttons. `place(row, column)` gives what the control API wants to know about a button; `onPress` gets
 * that place, the button's key and its action.
 */
export function buttonRows(rows, { place, onPress }) {
  return rows.map((row, y) => el("div", { class: "buttons" },
    row.map((button, x) => pressable(button, place(y, x), onPress))));
}

/** One button; a link stays a link, so that the browser treats it as one. */
export function pressable(button, place, onPress) {
  const action = button.action ?? {};
  const label = action.label || FIXED_LABELS[action.type] || "Кнопка";
  const key = keyOf(place);
  if (action.type === "open_link") {
    return outerLink(action.link, { class: "button secondary", "data-key": key },
      el("span", { class: "label" }, label), icon("away"));
  }
  const color = COLORS.has(button.color) ? button.color : "secondary";
  return el("button", {
    type: "button",
    class: `button ${color}`,
    "data-key": key,
    "data-type": action.type,
    onclick: () => onPress(place, key, action),
  }, action.type === "location" ? icon("place") : null, el("span", { class: "label" }, label));
}

const keyOf = (place) =>
  [place.cmid ?? "keyboard", place.element ?? "", place.row ?? "", place.column ?? place.button].join(":");

/** The callback buttons that wait for the bot's answer: they turn a spinner and can't be pressed again. */
export class Waiting {
  constructor(root) {
    this.root = root;
    this.eventOf = new Map();
  }

  has(key) {
    return this.eventOf.has(key);
  }

  start(key) {
    this.eventOf.set(key, null);
    setTimeout(() => this.stop(key), PATIENCE_MS);
    this.paint();
  }

  /** The press is accepted as `eventId`; from now on the dialog's `pending` decides. */
  bind(key, eventId) {
    if (this.eventOf.has(key)) this.eventOf.set(key, eventId);
  }

  stop(key) {
    if (this.eventOf.delete(key)) this.paint();
  }

  /** Ends the spinners whose events are not among `pending` any more, and shows those that are left. */
  settle(pending) {
    const open = new Set(pending ?? []);
    for (const [key, eventId] of this.eventOf) {
      if (eventId !== null && !open.has(eventId)) this.eventOf.delete(key);
    }
    this.paint();
  }

  paint() {
    for (const button of this.root.querySelectorAll("button[data-key]")) {
      const busy = this.eventOf.has(button.dataset.key);
      button.toggleAttribute("data-busy", busy);
      button.setAttribute("aria-busy", String(busy));
    }
  }
}
