"use strict";
/* Corrections of a reader: kept in this browser until they are saved as a file of labels, which
   `westward import` takes. page.js tells of the units of the page, and of each panel of details. */
(() => {
  const $ = (id) => document.getElementById(id);
  const {run, key} = document.body.dataset, place = `westward-corrections:${key}`;
  const SAY = {favor: "for", none: "not about it", "": "not decided"};
  const COMPONENTS = [["claim"], ["premise"], ["none", "neither"]], KINDS = [["fact"], ["value"], ["policy"]];
  const SIDES = [["favor", "for"], ["against"], ["neutral"]];
  const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;
  const here = new Map();
  let state = {coder: "", changes: {}}, lasting = true;

  function read() {
    try { state = JSON.parse(localStorage.getItem(place)) || state; } catch { lasting = false; }
  }
  function keep() {
    try { localStorage.setItem(place, JSON.stringify(state)); } catch { lasting = false; }
  }

  function make(tag, text, properties) {
    const element = Object.assign(document.createElement(tag), properties);
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function choice(name, text, options, value) {
    const label = make("label", text), select = make("select", undefined, {name});
    if (!options.some(([one]) => one === value)) options = [["", "not decided"], ...options];
    for (const [one, words] of options) select.append(make("option", words || one, {value: one}));
    select.value = value;
    label.append(select);
    return label;
  }
  function entry(name, text, value, properties) {
    const label = make("label", text);
    label.append(make("input", undefined, {name, value, autocomplete: "off", ...properties}));
    return label;
  }

  /* The codes of a sentence as the page has them, in the words of labels. */
  function codes(unit) {
    const own = unit.stances.filter((one) => one.voice === "own").sort((a, b) => b.p - a.p)[0];
    const side = (one) => one.side === "abstained" ? "" : one.side;
    return {
      component: unit.component === "undecided" ? "" : unit.component, kind: unit.kind || "",
      west: own ? side(own) : "none", target: own ? unit.word(own.more[0]) || unit.word(own.more[5]) : "",
      reported: unit.stances.filter((one) => one.voice !== "own")
        .map((one) => ({holder: unit.word(one.more[6]), stance: side(one)})),
    };
  }
  const reports = (rows) =>
    JSON.stringify(rows.filter((one) => one.stance).map((one) => [one.holder, one.stance]).sort());

  /* The codes with what was changed. */
  function after(now, change) {
    const {component, kind, west, target, implicit_target: meant, attributed} = change;
    return {
      component: component || now.component, kind: component ? kind || "" : now.kind,
      west: west || now.west, target: west ? target || meant || "" : now.target,
      reported: attributed ? now.reported.map((one, i) => ({...one, stance: (attributed.find((given) =>
        given.holder === one.holder && given.at === i) || {stance: "remove"}).stance})) : now.reported,
    };
  }

  function words(change) {
    const said = [];
    if (change.component) said.push([change.component === "none" ? "neither" : change.component, change.kind]
      .filter(Boolean).join(", "));
    if (change.west) said.push([SAY[change.west] || change.west, change.target || change.implicit_target]
      .filter(Boolean).join(" "));
    if (change.attributed) said.push(change.attributed.length
      ? change.attributed.map((one) => `“…” ${one.holder}: ${SAY[one.stance] || one.stance}`).join(", ")
      : "reports no stance");
    return said.join("; ");
  }

  function form(unit) {
    const now = codes(unit), change = state.changes[unit.id], set = change ? after(now, change) : now;
    const box = make("details", undefined, {className: "correct", open: Boolean(change)});
    const sheet = make("form"), fields = make("div", undefined, {className: "fields"});
    if (unit.component) fields.append(choice("component", "component", COMPONENTS, set.component),
      choice("kind", "kind of claim", KINDS, set.kind));
    fields.append(choice("west", "own stance", [...SIDES, ["none", "not about the bloc"]], set.west),
      entry("target", "toward what: words of the sentence, or who is meant", set.target));
    set.reported.forEach((one, i) => fields.append(
      choice(`reported${i}`, `reported of ${one.holder}`, [...SIDES, ["remove", "it is not reported"]], one.stance)));
    fields.append(entry("note", "note", (change && change.note) || ""));
    const told = make("p", "", {className: "told"});
    told.setAttribute("role", "status");
    const withdraw = make("button", "Withdraw the change", {type: "button", hidden: !change});
    sheet.append(fields, make("button", "Keep the change", {type: "submit"}), withdraw, told);
    box.append(make("summary", "Correct the codes"), sheet);
    const fit = () => {
      if (sheet.elements.kind) sheet.elements.kind.disabled = sheet.elements.component.value !== "claim";
      sheet.elements.target.disabled = sheet.elements.west.value === "none";
    };
    fit();
    sheet.addEventListener("change", fit);
    sheet.addEventListener("submit", (event) => {
      event.preventDefault();
      told.textContent = take(unit, sheet.elements);
      withdraw.hidden = !state.changes[unit.id];
    });
    withdraw.addEventListener("click", () => {
      drop(unit.id);
      const fresh = form(unit);
      fresh.open = true;
      box.replaceWith(fresh);
      fresh.querySelector("summary").focus();
    });
    return box;
  }

  /* Keep what a form states otherwise than the page; return what came of it. */
  function take(unit, given) {
    const now = codes(unit), change = {}, said = given.target.value.trim();
    const value = (name) => given[name] && !given[name].disabled ? given[name].value : "";
    if (value("component") && (value("component") !== now.component || value("kind") !== now.kind)) {
      if (value("component") === "claim" && !value("kind")) return "Choose the kind of the claim.";
      change.component = value("component");
      if (value("kind")) change.kind = value("kind");
    }
    const west = value("west");
    if (west && (west !== now.west || (west !== "none" && said !== now.target))) {
      const text = unit.element.querySelector(".t").textContent;
      change.west = west;
      if (west !== "none" && said)
        change[text.toLowerCase().includes(said.toLowerCase()) ? "target" : "implicit_target"] = said;
    }
    const rows = now.reported.map((one, at) => ({holder: one.holder, stance: value(`reported${at}`), at}));
    const left = rows.filter((one) => one.stance && one.stance !== "remove");
    if (rows.some((one) => one.stance === "remove") || reports(left) !== reports(now.reported))
      change.attributed = left;
    if (!Object.keys(change).length) {
      if (state.changes[unit.id]) drop(unit.id);
      return given.note.value.trim() ? "No code is changed: a note is kept with a change."
        : "No code is changed.";
    }
    state.changes[unit.id] = {doc: unit.talk.id, unit_id: unit.id, sha256: unit.talk.sha256,
      text: unit.element.querySelector(".t").textContent, ...change, note: given.note.value.trim() || undefined,
      coded_at: new Date().toISOString().slice(0, 19) + "Z"};
    keep(); draw();
    return "Kept in this browser. Save it as a file to import it.";
  }

  function drop(id) {
    delete state.changes[id];
    keep(); draw();
  }

  const many = (n) => `${n} correction${n === 1 ? "" : "s"}`;
  function draw() {
    const changes = Object.values(state.changes), open = changes.filter((one) => !one.saved).length;
    $("-unsaved").textContent = !changes.length ? "" : !open ? `${many(changes.length)}, saved as a file`
      : `${many(open)} not saved${open < changes.length ? `, ${changes.length - open} saved as a file` : ""}`;
    $("-corrected").hidden = !changes.length;
    $("-save").elements.coder.value ||= state.coder;
    $("-changes").replaceChildren(...changes.map(item));
    for (const unit of here.values()) mark(unit);
  }
  function item(change) {
    const row = make("li"), link = make("a", change.unit_id), button = make("button", "Withdraw", {type: "button"});
    const folder = document.body.dataset.view === "overview" ? "report/" : "";
    link.href = here.has(change.unit_id) ? `#${change.unit_id}`
      : `${folder}${encodeURIComponent(change.doc)}.html#${change.unit_id}`;
    button.setAttribute("aria-label", `Withdraw the change of ${change.unit_id}`);
    button.addEventListener("click", () => {
      const at = [...$("-changes").children].indexOf(row);
      drop(change.unit_id);
      const rest = $("-changes").querySelectorAll("button");
      (rest[Math.min(at, rest.length - 1)] || $("-status")).focus();
    });
    row.append(link, ` ${words(change)}${change.note ? ` (${change.note})` : ""} `, button);
    return row;
  }
  function mark(unit) {
    const change = state.changes[unit.id];
    unit.element.querySelector(".k.unsaved")?.remove();
    if (change) unit.element.append(make("b", `${change.saved ? "saved" : "not saved"}: ${words(change)}`,
      {className: "k unsaved"}));
  }

  /* What was imported since is on the page: it needs no change any more. */
  function imported(unit) {
    const change = state.changes[unit.id];
    if (!change || !change.saved || !unit.details || !unit.details[4]) return false;
    const now = codes(unit), then = after(now, change);
    return ["component", "kind", "west"].every((name) => now[name] === then[name])
      && reports(now.reported) === reports(then.reported.filter((one) => one.stance !== "remove"))
      && (!now.target || now.target.toLowerCase() === then.target.toLowerCase() || !then.target);
  }

  function save(event) {
    event.preventDefault();
    const field = $("-save").elements.coder, coder = field.value.trim(), changes = Object.values(state.changes);
    if (!NAME.test(coder)) {
      $("-saved").textContent = "Your name: letters, digits, “.”, “-” and “_”.";
      field.focus();
      return;
    }
    const lines = changes.map(({saved, attributed, ...one}) => JSON.stringify({...one, source: `human:${coder}`,
      ...(attributed ? {attributed: attributed.map(({holder, stance}) => ({holder, stance}))} : {})}) + "\n");
    const file = `corrections-${run.replace(/[^\w.-]+/g, "-")}-${coder}.jsonl`;
    const url = URL.createObjectURL(new Blob(lines, {type: "application/jsonl"}));
    const link = make("a", undefined, {href: url, download: file});
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    state.coder = coder;
    for (const one of changes) one.saved = true;
    keep(); draw();
    $("-saved").textContent = `Then, with the folder of the run for RUN: westward import RUN ${file}`;
  }

  document.addEventListener("westward:units", ({detail}) => {
    for (const unit of detail.units) if (unit.element && unit.details) here.set(unit.id, unit);
    read();
    for (const unit of here.values()) if (imported(unit)) delete state.changes[unit.id];
    keep(); draw();
  });
  document.addEventListener("westward:panel", ({detail}) => detail.panel.append(form(detail.unit)));
  $("-save").addEventListener("submit", save);
  addEventListener("storage", (event) => { if (event.key === place) { read(); draw(); } });
  addEventListener("beforeunload", (event) => {
    if (!lasting && Object.values(state.changes).some((one) => !one.saved)) event.preventDefault();
  });
})();
