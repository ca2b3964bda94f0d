// Around the list: progress, notices, files, colours, tips.

let hush = 0;
function say(text) {
  if (!text) return;
  $("toast").textContent = text;
  $("toast").classList.add("visible");
  clearTimeout(hush);
  hush = setTimeout(() => $("toast").classList.remove("visible"), 2500);
}

function progress() {
  const done = units.filter((unit) => ["reviewed", "final"].includes(edits.state(unit))).length;
  const left = units.filter(open).length;
  const bar = $("progress");
  bar.firstElementChild.style.width = `${units.length ? (100 * done) / units.length : 0}%`;
  bar.setAttribute("aria-valuenow", done);
  bar.setAttribute("aria-valuemax", units.length);
  $("count").textContent = `${done.toLocaleString("en")} of ${units.length.toLocaleString("en")} reviewed`;
  $("next").textContent = left ? `Next flagged (${left.toLocaleString("en")})` : "Next flagged";
  notices();
}

function notices() {
  const all = [];
  if (data.totals.units > units.length) {
    all.push(`This page shows the ${units.length.toLocaleString("en")} units of ${data.articles.length.toLocaleString("en")} articles most worth reviewing, of ${data.totals.units.toLocaleString("en")} units of ${data.totals.articles.toLocaleString("en")} articles. All stand in corpus.jsonl.`);
  }
  const strays = edits.strays().length;
  if (strays) all.push(`${strays} earlier ${strays === 1 ? "edit belongs" : "edits belong"} to units whose source has changed or is not on this page.`);
  if (!edits.stored && !home.served) all.push("This browser does not keep edits for files. Export before you close the page.");
  const adopt = () => {
    edits.adopt(earlier);
    earlier = [];
    apply();
    progress();
  };
  $("notice").replaceChildren(all.join(" "), " ", ...(strays ? [button("Show them", "", showStrays, "small")] : []), " ",
    ...(earlier.length ? [button(`Bring in ${earlier.length} ${earlier.length === 1 ? "edit" : "edits"} of an earlier run`, "", adopt)] : []));
  $("notice").hidden = !all.length && !earlier.length;
}

/** Edits whose sentence is another now, beside what stands there instead. */
function showStrays() {
  const line = (label, text, lang) => el("div", { class: "line" }, el("dt", { text: label }), el("dd", { class: "prose", dir: "auto", lang, text }));
  $("strays-list").replaceChildren(...edits.strays().map(([id, edit]) => {
    const unit = edits.units.get(id);
    return el("li", {},
      el("dl", {},
        line("unit", id),
        unit ? line("source now", unit.source, unit.language) : line("source now", "not on this page"),
        line("machine said", edit.machine, data.target_language),
        edit.target !== edit.machine && line("your text", edit.target, data.target_language),
        edit.comment && line("comment", edit.comment)),
      el("button", { type: "button", class: "quiet small", text: "Discard", "aria-label": `Discard the edit of ${id}`,
        on: { click: () => { edits.discard(id); showStrays(); progress(); } } }));
  }));
  if (!$("strays").open) $("strays").showModal();
  if (!edits.strays().length) $("strays").close();
}

const HOMES = {
  saved: ["All saved", "Every change is in corrections.json on this machine"],
  saving: ["Saving…", ""],
  lost: ["Not saved", "The server does not answer: keep this page open, or export"],
};
function toldOfHome(state) {
  const [text, title] = HOMES[state];
  $("saved").textContent = text;
  $("saved").title = title;
  $("saved").classList.toggle("warn", state === "lost");
  if (state === "lost" && $("saved").dataset.state !== "lost") say(title);
  $("saved").dataset.state = state;
}

function save() {
  const link = el("a", { href: URL.createObjectURL(new Blob([edits.exported()], { type: "application/json" })), download: "corrections.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  edits.unsaved = false;
  const rows = edits.candidates.length;
  say(`${edits.all.size} ${edits.all.size === 1 ? "correction" : "corrections"}${rows ? ` and ${rows} glossary ${rows === 1 ? "row" : "rows"}` : ""} saved as corrections.json`);
}

async function load(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  try {
    const count = edits.imported(await file.text());
    say(`${count} ${count === 1 ? "correction" : "corrections"} read`);
  } catch (error) {
    say(`${file.name} cannot be read: ${error.message}`);
  }
  apply();
  progress();
}

/** A preference of this browser; only that, so where nothing can be kept it is what it was. */
const preference = {
  get(name) { try { return localStorage.getItem(`normalize review ${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`normalize review ${name}`, value); } catch { /* only a preference */ } },
};

const THEMES = ["auto", "light", "dark"];
function theme(name) {
  document.documentElement.dataset.theme = name;
  $("theme").textContent = { auto: "Auto", light: "Light", dark: "Dark" }[name];
  $("theme").setAttribute("aria-label", `Colours: ${name}`);
  $("theme").title = "Colours: automatic, light, dark (d)";
  preference.set("theme", name);
}

const nextTheme = () => theme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length]);

function startTheme() {
  const kept = preference.get("theme");
  theme(THEMES.includes(kept) ? kept : "auto");
  $("theme").addEventListener("click", nextTheme);
}

function labels(on) {
  document.body.classList.toggle("with-labels", on);
  $("labels").checked = on;
  preference.set("labels", on ? "on" : "off");
}

function tips() {
  const tip = $("tip");
  const hide = () => { tip.hidden = true; };
  const showFor = (event) => {
    const over = event.target.closest?.("[data-tip]");
    if (!over?.dataset.tip) return hide();
    tip.textContent = over.dataset.tip;
    tip.hidden = false;
    const box = over.getClientRects()[0] ?? over.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tip;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - offsetWidth - 8))}px`;
    tip.style.top = `${box.bottom + offsetHeight + 10 > innerHeight ? box.top - offsetHeight - 6 : box.bottom + 6}px`;
  };
  document.addEventListener("pointerover", showFor);
  document.addEventListener("pointerdown", showFor);
  $("list").addEventListener("scroll", hide, { passive: true });
}
