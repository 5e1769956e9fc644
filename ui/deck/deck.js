// The one renderer of a meeting's deck, on the page and in the file that opens offline. Data is only ever set as text.

const STAGE = { width: 1280, height: 720 };
const TEXT_SIZE = 20;
const LONGEST_TICK = 14;
const DRAWN_AHEAD_EVERY = 250; // milliseconds

function showDeck(root, options) {
  const { decks, order, words } = options;
  let names = order[0];
  let place = 0;
  let pages = new Map();
  const deck = element("div", "deck");
  deck.tabIndex = -1;
  for (const [name, value] of Object.entries(options.colours ?? {})) deck.style.setProperty(name, value);
  const stage = element("div", "deck-stage", deck);
  const bar = element("div", "deck-bar");
  const back = button("‹", words.back, () => go(place - 1));
  const count = element("span", "deck-count", bar);
  const onward = button("›", words.onward, () => go(place + 1));
  const clock = element("span", "deck-clock", bar);
  bar.prepend(back);
  count.after(onward);
  bar.append(button("?", words.definitions, defined));
  if (options.onLeave) bar.append(button("×", words.leave, leave));
  stage.append(bar);
  root.append(deck);

  const slides = () => decks[names].slides;
  const last = () => slides().length - 1;

  function button(text, title, action) {
    const made = element("button", "");
    made.textContent = text;
    made.title = title;
    made.addEventListener("click", action);
    return made;
  }

  function page(number) {
    if (number < 0 || number > last()) return null;
    if (!pages.has(number)) {
      const made = drawPage(slides()[number], words);
      made.hidden = true;
      stage.insertBefore(made, bar);
      drawCharts(made, slides()[number], deck);
      pages.set(number, made);
    }
    return pages.get(number);
  }

  function show() {
    for (const made of pages.values()) made.hidden = true;
    const shown = page(place);
    if (shown) shown.hidden = false;
    count.textContent = `${place + 1} / ${last() + 1}`;
  }

  // One page after another is drawn while the present one is looked at, so that the next is there when it is asked for.
  function drawAhead() {
    const missing = slides().findIndex((_slide, number) => number > place && !pages.has(number));
    if (missing >= 0) page(missing);
  }

  function go(to, isTold = true) {
    const next = Math.min(Math.max(to, 0), last());
    if (next === place) return;
    place = next;
    show();
    if (isTold) options.onSlide?.(place + 1);
  }

  function leave() {
    close();
    options.onLeave?.();
  }

  function renamed() {
    names = order[(order.indexOf(names) + 1) % order.length];
    for (const made of pages.values()) made.remove();
    pages = new Map();
    show();
  }

  function defined() {
    deck.classList.toggle("is-defined");
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else deck.requestFullscreen?.().catch(() => {});
  }

  const keys = {
    ArrowRight: () => go(place + 1),
    PageDown: () => go(place + 1),
    " ": () => go(place + 1),
    ArrowLeft: () => go(place - 1),
    PageUp: () => go(place - 1),
    Home: () => go(0),
    End: () => go(last()),
    f: fullScreen,
    n: renamed,
    d: defined,
    b: () => deck.classList.toggle("is-blank"),
    ...(options.onLeave ? { Escape: leave } : {}),
  };

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  function fit() {
    const scale = Math.min(window.innerWidth / STAGE.width, window.innerHeight / STAGE.height);
    stage.style.transform = `scale(${scale}) translate(-50%, -50%)`;
  }

  function tick() {
    clock.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  function close() {
    clearInterval(ticking);
    clearInterval(drawing);
    window.removeEventListener("keydown", pressed, true);
    window.removeEventListener("resize", fit);
    deck.remove();
  }

  const ticking = setInterval(tick, 1000);
  const drawing = setInterval(drawAhead, DRAWN_AHEAD_EVERY);
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("resize", fit);
  tick();
  fit();
  place = Math.min(Math.max((options.slide ?? 1) - 1, 0), last());
  show();
  deck.focus();
  return { close, goTo: (slide) => go(slide - 1, false), isOpen: () => deck.isConnected };
}

function drawPage(slide, words) {
  const page = element("section", "deck-page");
  text("h1", "deck-title", slide.title, page);
  if (slide.finding) text("p", "deck-finding", slide.finding, page);
  const body = element("div", "deck-body", page);
  if (slide.problem) text("p", "deck-finding", slide.problem, body);
  const kinds = slide.blocks.map((block) => block.kind);
  body.classList.toggle("is-stacked", kinds.includes("table") || kinds.includes("tiles"));
  slide.blocks.forEach((block) => body.append(drawBlock(block, slide.blocks.length > 1)));
  if (slide.note) text("p", "deck-note", slide.note, page);
  const foot = element("footer", "deck-foot", page);
  text("span", "deck-origin", slide.provenance.map((pair) => pair.join(" ")).join(" · "), foot);
  element("span", "deck-room", foot);
  drawDefinitions(slide, words, page);
  return page;
}

// What the figures of the slide mean, over it when it is asked for; this alone may scroll.
function drawDefinitions(slide, words, page) {
  const panel = element("aside", "deck-definitions", page);
  text("h2", "deck-block-title", words.definitions, panel);
  for (const one of slide.definitions) {
    text("h3", "deck-definition", one.title, panel);
    text("p", "", `${one.asks} ${one.formula} ${one.rules}`, panel);
  }
}

function drawBlock(block, isBeside) {
  const made = element("div", `deck-block is-${block.kind}`);
  made.classList.toggle("is-beside", isBeside);
  if (block.key === "left-out") {
    made.classList.add("is-below");
    for (const sentence of block.sentences) text("p", "deck-below", sentence, made);
    return made;
  }
  if (block.title) text("h2", "deck-block-title", block.title, made);
  if (block.kind === "tiles") drawTiles(block, made);
  else if (block.kind === "table") drawTable(block, made);
  else if (block.kind === "sentences") drawSentences(block, made);
  else element("div", "deck-chart", made);
  return made;
}

function drawTiles(block, into) {
  const grid = element("div", "deck-tiles", into);
  for (const tile of block.tiles) {
    const made = element("div", "deck-tile", grid);
    text("div", "deck-tile-title", tile.title, made);
    text("div", "deck-tile-value", tile.value, made);
    text("div", "deck-tile-below", tile.reason || [tile.change, tile.beside].filter(Boolean).join(" · "), made);
  }
}

function drawTable(block, into) {
  const table = element("table", "deck-table", into);
  const isNumber = block.fields.map((field) => !["text", "date", "flag"].includes(field.unit));
  const head = element("tr", "", element("thead", "", table));
  block.fields.forEach((field, place) => text("th", isNumber[place] ? "is-number" : "", field.title, head));
  const body = element("tbody", "", table);
  for (const row of block.written) {
    const line = element("tr", "", body);
    row.forEach((cell, place) => text("td", isNumber[place] ? "is-number" : "", cell, line));
  }
}

function drawSentences(block, into) {
  const list = element("ul", "deck-sentences", into);
  for (const sentence of block.sentences) text("li", "", sentence, list);
}

function drawCharts(page, slide, deck) {
  const charts = slide.blocks.filter((block) => block.kind === "chart");
  const style = getComputedStyle(deck);
  page.hidden = false; // Plotly measures what it draws
  page.querySelectorAll(".deck-chart").forEach((place, number) => {
    const { data, layout } = readable(charts[number].figure, style.color, style.getPropertyValue("--line"));
    const size = { width: place.clientWidth, height: place.clientHeight };
    window.Plotly.newPlot(place, data, { ...layout, ...size }, { staticPlot: true, displayModeBar: false });
  });
  page.hidden = true;
}

// The chart as on its page, in letters that can be read at the back of the room.
function readable(figure, ink, line) {
  const { data, layout } = structuredClone(figure);
  for (const trace of data) {
    trace.textfont = { ...trace.textfont, size: TEXT_SIZE };
    if (trace.colorbar || trace.type === "heatmap") trace.colorbar = { ...trace.colorbar, tickfont: { size: TEXT_SIZE } };
    if (trace.mode === "text") trace.showlegend = false;
    if (trace.marker?.sizeref) trace.marker = { ...trace.marker, sizeref: trace.marker.sizeref / 2 }; // a larger picture
    if (trace.type === "sankey") trace.textfont = { ...trace.textfont, color: ink };
  }
  for (const note of layout.annotations ?? []) note.font = { ...note.font, size: TEXT_SIZE };
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^[xy]axis\d*$/.test(name)) continue;
    axis.tickfont = { ...axis.tickfont, size: TEXT_SIZE };
    axis.automargin = true;
    axis.gridcolor = line;
    axis.zerolinecolor = line;
    if (axis.title?.text) axis.title.font = { size: TEXT_SIZE };
  }
  layout.xaxis = { automargin: true, gridcolor: line, showgrid: false, ...layout.xaxis };
  layout.yaxis = { automargin: true, gridcolor: line, ...layout.yaxis };
  delete layout.title;
  layout.font = { ...layout.font, size: TEXT_SIZE, color: ink };
  layout.legend = { ...layout.legend, font: { size: TEXT_SIZE }, orientation: "h", y: 1.02, yanchor: "bottom", x: 0 };
  layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
  layout.margin = { l: 8, r: 16, t: 46, b: 8 };
  shortenTicks(data);
  return { data, layout };
}

function shortenTicks(data) {
  const short = (value) =>
    Array.isArray(value) ? value.map(short)
      : typeof value === "string" && value.length > LONGEST_TICK && !/^\d{4}-\d{2}/.test(value)
        ? `${value.slice(0, LONGEST_TICK - 1)}…` : value;
  const lists = data.flatMap((trace) => [trace.x, trace.y]).filter(Array.isArray);
  const full = new Set(lists.flat(2).filter((value) => typeof value === "string"));
  const cut = new Set([...full].map(short));
  if (cut.size < full.size) return; // two names would become one
  for (const trace of data) {
    if (trace.x) trace.x = short(trace.x);
    if (trace.y) trace.y = short(trace.y);
  }
}

function element(tag, name, into) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  into?.append(made);
  return made;
}

function text(tag, name, words, into) {
  const made = element(tag, name, into);
  made.textContent = words;
  return made;
}
