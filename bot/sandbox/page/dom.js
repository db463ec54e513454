/** Building elements. Nothing here, or anywhere on the page, takes text for HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a 24 by 24 grid, drawn by their stroke. */
const ICONS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  send: "M5 12V5l15 7-15 7v-7zm0 0h7",
  keyboard: "M4 6.5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM7 10.5v.01M10.3 10.5v.01M13.7 10.5v.01M17 10.5v.01M8 14h8",
  picture: "M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9v.01",
  file: "M7 3.5h7l4 4V19a1.5 1.5 0 0 1-1.5 1.5h-9.5A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5V8H18",
  video: "M5 6.5h9a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 16V8A1.5 1.5 0 0 1 5 6.5zM15.5 11l5-3v8l-5-3",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  sticker: "M12 4a8 8 0 1 0 8 8M12 4l8 8M12 4c0 5 3 8 8 8M8.5 14.5c1.5 2 4 2.5 6 1.5M9 10v.01",
  place: "M12 20.5s6.5-5.5 6.5-10.5a6.5 6.5 0 0 0-13 0c0 5 6.5 10.5 6.5 10.5zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  brush: "M5 19c3 0 4-1 4-3a2 2 0 1 1 3 2c-1 1.5-4 2.5-7 1zM11 14.5L19.5 5",
  post: "M5 4.5h14v15H5zM8 8.5h8M8 12h8M8 15.5h5",
  poll: "M6 19V11M12 19V5M18 19v-5",
  away: "M9 7h8v8M17 7L7 17",
  sent: "M5 12.5l4 4 9-9",
  read: "M2.5 12.5l4 4 9-9M11.5 16l.5.5 9-9",
  play: "M9 6.5v11l9-5.5z",
};

/**
 * An element with attributes and children; a string child becomes a text node.
 * `on…` attributes are listeners; false, null and undefined are left out, true stands as an empty attribute.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of ICONS as a picture that a screen reader passes over. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** The element of index.html with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * An address fit for `href` and `src`, or null for anything but http and https (`javascript:` for one).
 * The sandbox's own files lose their host, so that they open under whatever name the page was opened.
 */
export function safeUrl(url) {
  if (typeof url !== "string" || !url) return null;
  try {
    const parsed = new URL(url, location.href);
    if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return null;
    return parsed.pathname.startsWith("/files/") ? parsed.pathname + parsed.search : parsed.href;
  } catch {
    return null;
  }
}

/** Where a picture may be loaded from: the sandbox alone, for the page calls nobody outside. Else null. */
export function pictureUrl(url) {
  const address = safeUrl(url);
  return address?.startsWith("/") ? address : null;
}

/** A link into a new tab, or plain text where the address is not safe. */
export function outerLink(url, attributes, ...children) {
  const address = safeUrl(url);
  if (!address) return el("span", attributes, ...children);
  return el("a", { ...attributes, href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
