"use strict";
(() => {
  const COMPONENTS = ["claim", "premise", "none", "undecided"], KINDS = ["fact", "value", "policy"];
  const SIDES = ["favor", "against", "neutral", "abstained"], VOICES = ["own", "attributed"];
  const PARTS = ["reasoned", "bare", "objected", "reason", "objection"];
  const SAY = {favor: "for", against: "against", neutral: "neutral on", abstained: "not decided on",
    not_about: "not about the bloc", own: "own", attributed: "reported of another", undecided: "not decided",
    claim: "claim", premise: "premise", none: "neither", fact: "fact", value: "value", policy: "policy",
    reasoned: "claim with a reason", bare: "claim without a reason", objected: "claim with an objection",
    reason: "reason", objection: "objection"};
  const OF_STANCE = ["stance", "voice", "holder", "target", "flag"];
  const OF_UNIT = ["component", "kind", "actor", "argument"];
  const $ = (id) => document.getElementById(id);
  const form = $("-filters"), status = $("-status"), hits = $("-hits"), root = document.documentElement;
  const overview = document.body.dataset.view === "overview";
  const sizes = (document.body.dataset.pages || "").split(",").map(Number);
  const units = [], talks = [];

  function make(tag, text, properties) {
    const element = Object.assign(document.createElement(tag), properties);
    if (text !== undefined) element.textContent = text;
    return element;
  }
  const BRIEF = {...SAY, neutral: "neutral", none: "not about it"};
  const share = (p) => p < 0 ? "not stated" : (p >= 100 ? "1.0" : "." + String(p).padStart(2, "0"));

  function load() {
    const coded = new Map();
    for (const script of document.querySelectorAll("script.codes"))
      for (const talk of [JSON.parse(script.textContent)].flat()) {
        const word = (i) => talk.strings[i];
        talks.push(talk);
        for (const [at, row] of talk.units.entries()) {
          const [id, speaker, counted, component, kind, p, actors, stances, ...details] = row;
          const clear = talk.clear ? talk.clear[at] : [];
          const unit = {talk, id: talk.id + id, speaker: word(speaker), counted,
            groups: (talk.groups[speaker] || []).map(word), component: COMPONENTS[component],
            kind: KINDS[kind], p, actors: actors.map(word), details, word,
            parts: PARTS.filter((_, i) => talk.parts && talk.parts[at] >> i & 1),
            stances: stances.map(([voice, holder, target, side, p, flags, ...more], i) => ({voice: VOICES[voice],
              clear: clear[i], holder: word(holder), target: word(target), side: SIDES[side], p,
              flags: flags.map(word), more}))};
          if (overview) units.push(unit); else coded.set(unit.id, unit);
        }
      }
    for (const section of document.querySelectorAll(".talk")) {
      const talk = talks.find((one) => one.id === section.dataset.id);
      for (const element of section.querySelectorAll(".u")) {
        const unit = coded.get(element.id) || {talk, id: element.id, stances: [], actors: [], groups: [], parts: []};
        units.push(Object.assign(unit, {element, text: element.textContent.toLowerCase()}));
      }
    }
  }

  const reaches = (p, least) => !least || p >= least || p === -2; /* -2: people say it */

  /* How many stances of a unit, or whether the unit itself, pass the filter. */
  function count(unit, f) {
    if (f.interview && unit.talk.id !== f.interview) return 0;
    if (f.date && !unit.talk.date.startsWith(f.date)) return 0;
    if (f.speaker && unit.speaker !== f.speaker) return 0;
    if (f.group && !unit.groups.includes(f.group)) return 0;
    if (f.q && !(unit.text || "").includes(f.q.toLowerCase())) return 0;
    const stances = OF_STANCE.some((name) => f[name]), least = Number(f.min || 0);
    if (!stances && !least && !OF_UNIT.some((name) => f[name])) return 1;
    if (!unit.counted) return 0;
    if (f.component && unit.component !== f.component) return 0;
    if (f.kind && !(unit.component === "claim" && unit.kind === f.kind)) return 0;
    if (f.actor && !unit.actors.includes(f.actor)) return 0;
    if (f.argument && !unit.parts.includes(f.argument)) return 0;
    if (f.stance === "not_about") return Number(!unit.stances.some((one) => one.voice === "own"));
    if (!stances) return Number(reaches(unit.p, least));
    return unit.stances.filter((one) => passes(one, f)).length;
  }
  const passes = (one, f) => (!f.stance || one.side === f.stance) && (!f.voice || one.voice === f.voice)
    && (!f.holder || one.holder === f.holder) && (!f.target || one.target === f.target)
    && (!f.flag || one.flags.includes(f.flag)) && reaches(one.p, Number(f.min || 0));

  const wanted = () => Object.fromEntries([...new FormData(form)].map(([k, v]) => [k, v.trim()]).filter(([, v]) => v));
  const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

  function apply() {
    const f = wanted(), active = Object.keys(f).length > 0, found = new Map();
    let sentences = 0, stances = 0;
    close();
    for (const unit of units) {
      const n = count(unit, f);
      unit.hit = n > 0;
      if (n) { sentences++; stances += n; found.set(unit.talk, (found.get(unit.talk) || 0) + 1); }
      if (unit.element) unit.element.hidden = !unit.hit;
    }
    const visible = (element) => element.querySelector(".u:not([hidden])");
    for (const exchange of document.querySelectorAll(".exchange")) {
      exchange.hidden = !visible(exchange);
      for (const turn of exchange.querySelectorAll(".turn")) {
        const context = active && turn.classList.contains("question");
        if (context && !exchange.hidden) for (const one of turn.querySelectorAll(".u")) one.hidden = false;
        turn.hidden = !visible(turn);
      }
    }
    for (const talk of document.querySelectorAll(".talk")) talk.hidden = active && !visible(talk);
    const ofStances = OF_STANCE.some((name) => f[name]) && f.stance !== "not_about";
    const about = ofStances ? `${plural(stances, "stance")} in ` : "";
    const words = Object.entries(f).map(([k, v]) => `${k === "q" ? "words" : k} ${SAY[v] && k !== "q" ? SAY[v] : v}`);
    const everything = overview ? "Choose a number above, or filter, to find the sentences." : "All sentences.";
    status.textContent = !active ? everything
      : `${about}${plural(sentences, "sentence")} of ${plural(found.size, "interview")}: ${words.join(", ")}`;
    if (overview) lead(active ? found : new Map(), f);
    if (hits) hits.replaceChildren(...(active ? [...found] : []).map(([talk, n]) => {
      const item = make("li"), link = make("a", `${talk.id}: ${talk.title}`);
      link.href = `report/${encodeURIComponent(talk.id)}.html#${new URLSearchParams({...f, interview: talk.id})}`;
      item.append(link, ` (${plural(n, "sentence")})`);
      return item;
    }));
    rove();
    return f;
  }

  /* The pages of the sentences found, by number, with how many are on each. */
  function places(found) {
    const on = new Map();
    let page = 0, last = sizes[0];
    for (const [at, talk] of talks.entries()) {
      while (at >= last) last += sizes[++page];
      if (found.has(talk)) on.set(page + 1, (on.get(page + 1) || 0) + found.get(talk));
    }
    return on;
  }
  const hash = (f, on) => {
    const pages = [...on].map((one) => one.join("."));
    return new URLSearchParams({...f, ...(pages.length > 1 ? {pages: pages.join("-")} : {})});
  };
  function lead(found, f, here, on = places(found)) {
    const total = [...on.values()].reduce((sum, n) => sum + n, 0), several = on.size > 1;
    const links = [...on].map(([page, n]) => {
      const text = several ? `page ${page} (${n.toLocaleString("en")})` : "Read them";
      if (page === here) return make("strong", text);
      return make("a", text, {href: `${overview ? "sentences/" : ""}${page}.html#${hash(f, on)}`});
    });
    const text = several ? `${here ? "Here and elsewhere" : "Read them"}: ${plural(total, "sentence")} on ` : "";
    $("-pages").replaceChildren(text, ...links.flatMap((link, i) => i ? [", ", link] : [link]));
  }
  /* From a number of the overview straight to its sentences. */
  function leave(event) {
    const link = event.target.closest("a");
    const address = link && link.getAttribute("href") || "";
    if (!address.startsWith("#") || !address.includes("=") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const f = Object.fromEntries(new URLSearchParams(address.slice(1))), found = new Map();
    for (const unit of units) if (count(unit, f)) found.set(unit.talk, (found.get(unit.talk) || 0) + 1);
    const on = places(found);
    if (!on.size) return;
    event.preventDefault();
    location.assign(`sentences/${on.keys().next().value}.html#${hash(f, on)}`);
  }

  function fill() {
    const add = (name, values, say) => {
      const counts = new Map(), select = form.elements[name];
      if (!select) return;
      for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
      const sorted = [...counts].sort((a, b) => name === "date" ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]);
      for (const [value, n] of sorted)
        select.append(make("option", `${(say && SAY[value]) || value} (${n})`, {value}));
      if (!sorted.length) select.closest("label").hidden = true;
    };
    const counted = units.filter((unit) => unit.counted), stances = counted.flatMap((unit) => unit.stances);
    for (const talk of talks) {
      form.elements.interview.append(make("option", `${talk.id}: ${talk.title}`, {value: talk.id}));
    }
    if (talks.length < 2) form.elements.interview.closest("label").hidden = true;
    add("speaker", units.map((unit) => unit.speaker));
    add("component", counted.map((unit) => unit.component), true);
    add("kind", counted.map((unit) => unit.component === "claim" && unit.kind), true);
    add("argument", counted.flatMap((unit) => unit.parts), true);
    add("stance", [...stances.map((one) => one.side), ...counted.filter((unit) =>
      !overview && !unit.stances.some((one) => one.voice === "own")).map(() => "not_about")], true);
    add("voice", stances.map((one) => one.voice), true);
    add("holder", stances.map((one) => one.holder));
    add("target", stances.map((one) => one.target));
    add("actor", counted.flatMap((unit) => unit.actors));
    add("flag", stances.flatMap((one) => one.flags));
    add("group", units.flatMap((unit) => unit.groups));
    add("date", talks.flatMap((talk) => [...new Set([talk.date.slice(0, 4), talk.date.slice(0, 7)])]));
    if (overview) form.elements.q.closest("label").hidden = true;
  }

  function follow(jump) {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      form.reset();
      for (const [name, value] of new URLSearchParams(hash)) {
        const field = form.elements[name];
        if (!field) continue;
        const absent = field.options && ![...field.options].some((one) => one.value === value);
        if (absent) field.append(make("option", value, {value}));
        field.value = value;
      }
      const f = apply(), pages = new URLSearchParams(hash).get("pages");
      if (!overview) {
        const on = new Map((pages || "").split("-").filter(Boolean).map((one) => one.split(".").map(Number)));
        const [here] = (location.pathname.match(/sentences\/(\d+)/) || []).slice(1).map(Number);
        lead(new Map(), f, here, on);
      }
      if (jump) { $("-reading").scrollIntoView(); status.focus({preventScroll: true}); }
    } else if (hash && jump) {
      const unit = units.find((one) => one.id === decodeURIComponent(hash));
      if (unit && unit.element) {
        if (!unit.hit) { form.reset(); apply(); }
        show(unit); unit.element.scrollIntoView({block: "center"});
        if (mark(unit)) reach(mark(unit));
      }
    }
  }

  let open = null;
  function close() {
    if (!open) return;
    open.panel.remove();
    open.unit.element.classList.remove("open");
    for (const one of ends(open.unit)) one.tabIndex = -1;
    mark(open.unit)?.setAttribute("aria-expanded", "false");
    open = null;
  }
  const mark = (unit) => unit.element.querySelector(".m");
  /* The lines of what a sentence backs and what backs it; Tab reaches those of the open one. */
  const argument = ({element: {nextElementSibling: next}}) => next && next.matches(".arg") ? next : null;
  const ends = (unit) => argument(unit)?.querySelectorAll("a, summary") || [];

  function list(pairs) {
    const dl = make("dl");
    for (const [name, value] of pairs) if (value) dl.append(make("dt", name), make("dd", value));
    return dl;
  }
  const all = (names, values, say = BRIEF) => values.some((p) => p >= 0)
    ? names.map((name, i) => values[i] < 0 ? "" : `${say[name]} ${share(values[i])}`).filter(Boolean).join(", ")
    : "not stated";

  function stance(unit, one) {
    const [words, probabilities, evidence, source, guess] = one.more, undecided = one.side === "abstained";
    const chances = all(["favor", "against", "neutral", "none"], probabilities);
    const voice = one.voice === "own" ? "Own" : "Reported";
    const box = make("div"), text = `${voice} stance: ${SAY[one.side]} ${one.target}`;
    box.append(make("strong", text, {className: one.side}));
    const stated = !undecided && !human(unit.word(source));
    const rest = list([["holder", one.holder], ["target", unit.word(words) || "only meant"],
      ["probability", stated ? share(one.p) : ""], ["probabilities", stated ? chances : ""],
      ["evidence", evidence.map((i) => `“${unit.word(i)}”`).join(", ")],
      ["read twice", one.flags.join(", ")], ["source", unit.word(source)]]);
    box.append(rest);
    if (undecided) {
      const fold = make("details"), summary = make("summary", "Best guess, not counted");
      fold.append(summary, make("p", `${SAY[SIDES[guess]]} ${share(one.p)} (${chances})`));
      box.append(fold);
    }
    return box;
  }

  const human = (source) => source.startsWith("human:");
  function decided(unit, [by, questions, disputed, judged, notes]) {
    return list([["by people", unit.word(by) && `${unit.word(by)}: ${unit.word(questions)}`],
      ["the judge said", unit.word(judged)], ["people differ on", unit.word(disputed)],
      ["note", notes.map(unit.word).join(" · ")]]);
  }

  function show(unit) {
    if (open && open.unit === unit) return;
    close();
    if (!unit.details) return;
    const panel = make("div", undefined, {className: "detail"});
    panel.setAttribute("role", "group"); panel.setAttribute("aria-label", `Details of ${unit.id}`);
    const [components, kinds, source, guess, decision] = unit.details;
    if (components) {
      const undecided = unit.component === "undecided";
      const kind = unit.kind ? ` of ${SAY[unit.kind]}` : "";
      const best = undecided ? `best guess ${SAY[COMPONENTS[guess]]} ` : "";
      panel.append(make("strong", undecided ? "Component: not decided" : `${SAY[unit.component]}${kind}`));
      const stated = !human(unit.word(source));
      panel.append(list([["probability", stated ? best + share(unit.p) : ""],
        ["component", stated ? all(COMPONENTS.slice(0, 3), components, SAY) : ""],
        ["kind", unit.kind && stated ? all(KINDS, kinds) : ""],
        ["names", unit.actors.join(", ")], ["source", unit.word(source)]]));
    }
    for (const one of unit.stances) panel.append(stance(unit, one));
    if (!unit.stances.length) panel.append(make("p", "Not about the bloc.", {className: "dim"}));
    if (decision) panel.append(decided(unit, decision));
    if (!unit.counted) panel.append(make("p", "Not counted: no respondent says it.", {className: "dim"}));
    const copy = make("button", "Copy as citation", {type: "button"});
    copy.addEventListener("click", () => cite(unit, copy));
    panel.append(copy);
    (argument(unit) || unit.element).after(panel);
    for (const one of ends(unit)) one.tabIndex = 0;
    unit.element.classList.add("open"); mark(unit)?.setAttribute("aria-expanded", "true");
    open = {unit, panel};
    tell("panel", {unit, panel});
  }
  const tell = (what, detail) => document.dispatchEvent(new CustomEvent(`westward:${what}`, {detail}));

  async function cite(unit, button) {
    const words = unit.element.querySelector(".t").textContent.trim();
    const date = unit.talk.date ? `, ${unit.talk.date}` : "";
    const text = `${unit.speaker}: “${words}” (${unit.talk.title}${date}, ${unit.id})`;
    try { await navigator.clipboard.writeText(text); } catch {
      const area = make("textarea", undefined, {value: text});
      document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); button.focus();
    }
    button.textContent = "Copied"; button.dataset.copied = text;
  }

  /* One mark at a time is in the order of Tab; arrows move between sentences. */
  function rove() {
    const marks = [...document.querySelectorAll(".u:not([hidden]) .m")];
    for (const one of document.querySelectorAll(".m")) one.tabIndex = -1;
    if (marks.length) marks[0].tabIndex = 0;
  }
  function reach(link) {
    for (const one of document.querySelectorAll(".m")) one.tabIndex = -1;
    link.tabIndex = 0; link.focus({preventScroll: true});
  }
  function step(from, by) {
    const marks = [...document.querySelectorAll(".u:not([hidden]) .m")], to = marks[marks.indexOf(from) + by];
    if (!to) return;
    reach(to); to.scrollIntoView({block: "nearest"});
  }

  function listen() {
    const by = new Map(units.filter((unit) => unit.element).map((unit) => [unit.element, unit]));
    const reading = document.querySelector("main");
    for (const unit of by.values()) {
      const link = mark(unit);
      if (!link) continue;
      const kind = unit.kind && unit.component === "claim" ? `, ${unit.kind}` : "";
      const codes = [unit.component && `${SAY[unit.component]}${kind}`,
        ...unit.stances.map((one) => `${one.voice === "own" ? "" : `${one.holder} `}${SAY[one.side]} ${one.target}`)];
      const said = codes.filter(Boolean).join("; ") || "no answer";
      link.setAttribute("aria-label", `${link.textContent.trim()}: ${said}; details`);
      link.setAttribute("aria-expanded", "false");
      link.href = `#${unit.id}`;
    }
    for (const one of document.querySelectorAll(".arg a, .arg summary")) one.tabIndex = -1;
    reading.addEventListener("click", (event) => {
      const jump = event.target.closest(".arg a");
      /* no hashchange would tell of it */
      if (jump && jump.hash === location.hash) { event.preventDefault(); follow(true); return; }
      const element = event.target.closest(".u"), unit = by.get(element);
      if (!unit || !mark(unit) || getSelection().toString()) return;
      event.preventDefault();
      if (open && open.unit === unit && !fresh) close(); else show(unit);
      fresh = false;
    });
    let fresh = false;
    reading.addEventListener("focusin", (event) => {
      if (!event.target.classList.contains("m")) return;
      const unit = by.get(event.target.closest(".u"));
      fresh = !(open && open.unit === unit); show(unit);
    });
    reading.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && open) { const link = mark(open.unit); close(); link.focus(); close(); return; }
      if (!event.target.classList.contains("m")) return;
      const by = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
      if (by) { event.preventDefault(); step(event.target, by); }
    });
    form.addEventListener("input", () => {
      const f = apply(), hash = new URLSearchParams(f).toString();
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    $("-all").addEventListener("click", () => {
      form.reset();
      apply();
      history.replaceState(null, "", location.pathname + location.search);
    });
    addEventListener("hashchange", () => follow(true));
    if (overview && sizes[0]) document.querySelector("main").addEventListener("click", leave);
  }

  function theme() {
    const button = $("-theme"), order = ["system", "light", "dark"];
    const set = (name) => {
      if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
      button.textContent = `Colours: ${name}`;
      try { localStorage.setItem("westward-theme", name); } catch { /* kept for this page only */ }
    };
    let now = "system";
    try { now = localStorage.getItem("westward-theme") || now; } catch { /* no storage */ }
    set(order.includes(now) ? now : "system");
    button.hidden = false;
    button.addEventListener("click", () => set(order[(order.indexOf(root.dataset.theme || "system") + 1) % 3]));
  }

  /* A box of a table says how many of its rows are out of sight, and opens; a few more are shown at once. */
  const FEW_ROWS = 3;
  function boxes() {
    for (const box of document.querySelectorAll(".tall")) {
      box.classList.add("closed");
      const rows = [...box.querySelectorAll("tbody tr")], bottom = box.getBoundingClientRect().top + box.clientHeight;
      const hidden = rows.filter((row) => row.getBoundingClientRect().bottom > bottom + 1).length;
      if (hidden <= FEW_ROWS) { box.classList.remove("closed"); continue; }
      const closed = `${hidden} of ${rows.length} rows are below: show all`;
      const button = make("button", closed, {type: "button", className: "more"});
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => {
        const open = !box.classList.toggle("closed");
        button.textContent = open ? "Show fewer rows" : closed; button.setAttribute("aria-expanded", String(open));
      });
      box.after(button);
    }
  }

  theme(); boxes();
  if (!document.querySelector("script.codes")) return;
  load(); fill(); form.hidden = false; if (innerWidth < 560) form.querySelector("details").open = false;
  listen(); tell("units", {units}); apply(); follow(true);
  globalThis.westward = {units, wanted, passes, make, share, SAY};
})();
