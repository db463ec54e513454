/** Building elements. Nothing here, or anywhere on the page, takes text for HTML. */

import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";

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
