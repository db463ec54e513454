/** A message's text as nodes: formatting, mentions and addresses. Only text nodes carry what was written. */

import { el, outerLink } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u" };
const MENTION = /\[(?:id|club|public)\d+\|([^\]\n]+)\]/gu;
const ADDRESS = /(?:https?:\/\/|(?<![\w@.-])(?:www\.|(?:vk|vkvideo)\.(?:com|ru|me)\/))[^\s<>«»"]+/giu;
const TAIL = /[.,;:!?'…]+$/u;

/**
 * The text with its formatting.
 *
 * `format` is VK's list of {type, offset, length, url?}, counted in UTF-16 units as JavaScript's strings are.
 * Overlapping parts are cut at each other's edges, so that each piece is nested whole.
 */
export function richText(text, format) {
  const parts = (format ?? []).filter((part) => part.length > 0 && part.offset < text.length);
  const edges = new Set([0, text.length]);
  for (const part of parts) {
    edges.add(Math.max(0, part.offset));
    edges.add(Math.min(text.length, part.offset + part.length));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const fragment = document.createDocumentFragment();
  cuts.slice(1).forEach((end, index) => {
    const start = cuts[index];
    const over = parts.filter((part) => part.offset <= start && part.offset + part.length >= end);
    fragment.append(formatted(text.slice(start, end), over));
  });
  return fragment;
}

function formatted(piece, parts) {
  const link = parts.find((part) => part.type === "url");
  let node = link ? outerLink(link.url, {}, piece) : withMentions(piece);
  for (const part of parts) {
    if (TAGS[part.type]) node = el(TAGS[part.type], {}, node);
  }
  return node;
}

function withMentions(text) {
  return replaced(text, MENTION, (match) => [el("span", { class: "mention" }, match[1]), ""], withAddresses);
}

function withAddresses(text) {
  return replaced(text, ADDRESS, addressLink, (rest) => document.createTextNode(rest));
}

/** The link, and the closing punctuation that belongs to the sentence and not to the address. */
function addressLink([found]) {
  let address = found.replace(TAIL, "");
  if (address.endsWith(")") && !address.includes("(")) address = address.slice(0, -1).replace(TAIL, "");
  const target = /^https?:/iu.test(address) ? address : `https://${address}`;
  return [outerLink(target, {}, address), found.slice(address.length)];
}

/** `pattern`'s finds through `make` (node and the text after it), what lies between through `other`. */
function replaced(text, pattern, make, other) {
  const fragment = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > last) fragment.append(other(text.slice(last, match.index)));
    fragment.append(...make(match));
    last = match.index + match[0].length;
  }
  if (last < text.length) fragment.append(other(text.slice(last)));
  return fragment;
}
