"use strict";
(() => {
  /* The clearest of the sentences that are shown, as `westward quotes` chooses them. */
  const {units, wanted, passes, make, share, SAY} = globalThis.westward || {};
  const form = document.getElementById("-filters");
  if (!units || !units.some((unit) => unit.element)) return;
  const N = 5, SAME = 0.6, MIN_LETTERS = 4;
  const box = make("section", undefined, {id: "-quotations", hidden: true});
  box.setAttribute("aria-label", "Quotations");
  const button = make("button", "Quotations", {type: "button"});
  form.append(" ", button);
  form.after(box);

  const words = (text) => new Set((text.toLowerCase().match(/\p{L}+/gu) || [])
    .filter((word) => [...word].length >= MIN_LETTERS));
  function alike(one, other) {
    const a = words(one), b = words(other);
    if (!a.size || !b.size) return one === other;
    return [...a].filter((word) => b.has(word)).length / Math.sqrt(a.size * b.size) >= SAME;
  }
  const said = (unit) => unit.element.querySelector(".t").textContent.trim();

  function clearest(f) {
    const found = units.filter((unit) => unit.counted && unit.hit).flatMap((unit) => unit.stances
      .filter((one) => passes(one, f) && one.side !== "abstained").map((stance) => ({unit, stance})));
    const order = (a, b) => a < b ? -1 : Number(a > b);
    found.sort((a, b) => b.stance.clear - a.stance.clear || order(a.unit.id, b.unit.id));
    const kept = [];
    for (const one of found) {
      if (kept.length === N) break;
      if (!kept.some((other) => alike(said(one.unit), said(other.unit)))) kept.push(one);
    }
    return kept;
  }

  function beside(unit, way) {
    let element = unit.element[way];
    while (element && !element.classList.contains("u")) element = element[way];
    return element ? element.querySelector(".t").textContent.trim() : "";
  }

  function quotation({unit, stance}) {
    const item = make("li"), quote = make("blockquote"), place = unit.talk;
    const before = beside(unit, "previousElementSibling"), after = beside(unit, "nextElementSibling");
    if (before) quote.append(make("span", `${before} `, {className: "dim"}));
    quote.append(make("strong", said(unit)));
    if (after) quote.append(make("span", ` ${after}`, {className: "dim"}));
    const holder = stance.voice === "own" ? "" : `${stance.holder}, as reported by `;
    const source = [place.title, place.date, unit.id].filter(Boolean).join(", ");
    const text = `${holder}${unit.speaker}: ${SAY[stance.side]} ${stance.target}, ${share(stance.p)}. `;
    const line = make("p", text, {className: "dim"});
    line.append(make("a", source, {href: `#${unit.id}`}));
    item.append(quote, line);
    return item;
  }

  button.addEventListener("click", () => {
    const f = wanted(), quoted = clearest({...f, voice: f.voice || (f.holder ? "" : "own")});
    const close = make("button", "Close", {type: "button"}), list = make("ol");
    close.addEventListener("click", () => { box.hidden = true; button.focus(); });
    list.append(...quoted.map(quotation));
    const none = "No decided stance is among the sentences shown: take a filter away.";
    const where = document.body.dataset.view === "all" ? "of the sentences shown" : "of those shown on this page";
    box.replaceChildren(make("h3", quoted.length ? `The clearest ${where}` : "No quotation"),
      quoted.length ? list : make("p", none), close);
    box.hidden = false;
    box.tabIndex = -1;
    box.focus();
  });
})();
