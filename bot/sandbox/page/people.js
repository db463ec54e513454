/** The list of people one can be, with their last messages. */

import { el } from "./dom.js";
import { initials, isoTime, shortWhen } from "./words.js";

export const fullName = (person) => `${person.first_name} ${person.last_name}`.trim();

/** A circle with initials in the person's own colour. */
export function personAvatar(person) {
  const circle = el("span", { class: "avatar", "aria-hidden": "true" }, initials(fullName(person)));
  if (person.color) circle.style.backgroundColor = person.color;
  return circle;
}

/** Draws the list anew where something changed; a link per person, so that each opens in a tab of its own. */
export class CastList {
  constructor(list) {
    this.list = list;
    this.shown = "";
  }

  render(people, openId) {
    const now = JSON.stringify([people, openId, new Date().toDateString()]);
    if (now === this.shown) return;
    this.shown = now;
    const focused = document.activeElement?.closest?.("#people a")?.getAttribute("href");
    this.list.replaceChildren(...people.map((person) => row(person, person.id === openId)));
    if (focused) this.list.querySelector(`a[href="${focused}"]`)?.focus();
  }
}

function row(person, current) {
  const { last } = person;
  return el("li", {}, el("a", { href: `#${person.id}`, class: "person", "aria-current": current ? "page" : null },
    personAvatar(person),
    el("span", { class: "lines" },
      el("span", { class: "first" },
        el("span", { class: "name" }, fullName(person)),
        last ? el("time", { datetime: isoTime(last.at) }, shortWhen(last.at)) : null),
      person.about ? el("span", { class: "about" }, person.about) : null,
      el("span", { class: "last" },
        el("span", { class: last ? "said" : "said silent" }, lastWords(person)),
        badge(person)))));
}

/** Only what the person has not read: the open dialog is read as it is shown. */
function badge(person) {
  if (!person.unread) return null;
  return el("span", { class: "badge", "aria-label": `Непрочитанных: ${person.unread}` },
    person.unread > 99 ? "99+" : String(person.unread));
}

function lastWords({ last, dialog, allowed }) {
  if (!last) return "Пока нет сообщений";
  if (dialog && !allowed) return "Сообщения запрещены";
  return (last.out ? "" : "Вы: ") + (last.text || "Вложение");
}
