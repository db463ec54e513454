/** A carousel: cards side by side, scrolled by hand, by arrow keys or by the round buttons at the edges. */

import { pressable } from "./buttons.js";
import { el, icon, outerLink } from "./dom.js";

/** `onPress` as for buttonRows; a card's button is placed by {cmid, element, button}. */
export function carousel(template, cmid, onPress) {
  const cards = (template.elements ?? []).map((element, index) => card(element, index, cmid, onPress));
  const strip = el("div", { class: "strip", tabindex: "0", role: "group", "aria-label": "Карточки" }, cards);
  const move = (way) => strip.scrollBy({ left: way * strip.clientWidth * 0.8, behavior: "smooth" });
  const arrow = (name, label, way) => el("button",
    { type: "button", class: `round edge ${name}`, "aria-label": label, onclick: () => move(way) }, icon(name));
  const [back, next] = [arrow("back", "Предыдущие карточки", -1), arrow("next", "Следующие карточки", 1)];
  const edges = () => {
    back.hidden = strip.scrollLeft < 8;
    next.hidden = strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 8;
  };
  strip.addEventListener("scroll", edges, { passive: true });
  new ResizeObserver(edges).observe(strip);
  return el("div", { class: "carousel" }, strip, back, next);
}

function card(element, index, cmid, onPress) {
  const buttons = (element.buttons ?? []).map((button, place) =>
    pressable(button, { cmid, element: index, button: place }, onPress));
  const opens = element.action?.type === "open_link" ? element.action.link : null;
  const about = [
    picture(element),
    element.title ? el("strong", { class: "title" }, element.title) : null,
    element.description ? el("span", { class: "description" }, element.description) : null,
  ];
  return el("article", { class: "card" },
    opens ? outerLink(opens, { class: "about" }, about) : el("div", { class: "about" }, about),
    el("div", { class: "card-buttons" }, buttons));
}

/** The bot names a picture only by its id; the sandbox gives the bytes under that name. */
function picture(element) {
  if (!element.photo_id) return null;
  return el("img", {
    src: `/files/photo${encodeURIComponent(element.photo_id)}`,
    alt: "",
    width: 221,
    height: 136,
    onerror: (event) => event.target.replaceWith(el("span", { class: "no-picture" }, icon("picture"))),
  });
}
