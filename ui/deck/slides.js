// A slide as elements: its title, its answer, one or two blocks, its note. Data becomes text and never markup.

const LARGEST_SENTENCE = 30;
const MOST_DEFINITIONS = 4;
const CELL_ROOMS = [280, 240, 200, 160, 120]; // pixels for a text, where there is no room for more

/** An element of a class with a text in it. */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** The elements of a slide; `settle` draws and fits what needs a place on the screen first. */
function makeSlide(slide) {
  const element = make("section", "deck-page");
  element.append(make("h1", "deck-title", slide.title));
  if (slide.finding) element.append(make("p", "deck-finding", slide.finding));
  const isBeside = slide.blocks.length > 1 && slide.blocks[0].kind === "chart";
  const body = make("div", `deck-body ${isBeside ? "is-beside" : ""}`);
  if (slide.problem) body.append(make("p", "deck-problem", slide.problem));
  const finishes = slide.blocks.map((block, place) => {
    const isBelow = place > 0 && !isBeside;
    body.classList.toggle("has-below", isBelow);
    const box = make("div", `deck-block ${isBelow ? "is-below" : ""}`);
    if (block.title && block.title !== slide.title) box.append(make("h2", "deck-block-title", block.title));
    body.append(box);
    const finish = BLOCKS[block.kind](box, block);
    return isBelow ? () => {} : finish;
  });
  element.append(body);
  if (slide.note) element.append(make("p", "deck-note", slide.note));
  const settle = (look) => {
    shrink(element.querySelector(".deck-title"), 34);
    for (const finish of finishes) finish(look);
  };
  return { element, settle };
}

/** Slides of what the figures of a slide mean. */
function definitionsOf(slide, words) {
  const said = slide.definitions.map(({ title, asks, formula, rules }) => `${title} · ${asks} · ${formula} · ${rules}`);
  const count = Math.ceil(said.length / MOST_DEFINITIONS);
  return Array.from({ length: count }, (_none, number) => {
    const sentences = said.slice(number * MOST_DEFINITIONS, (number + 1) * MOST_DEFINITIONS);
    const title = count > 1 ? `${words.definitions} ${number + 1} / ${count}` : words.definitions;
    return { title, blocks: [{ kind: "sentences", title: slide.title, sentences }] };
  });
}

const BLOCKS = { chart: makeChart, table: makeTable, tiles: makeTiles, sentences: makeSentences };

function makeChart(box, block) {
  const place = make("div", "deck-plot");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", block.title);
  box.append(place);
  return (look) => {
    const left = drawChart(place, block.figure, place.clientWidth, place.clientHeight, look);
    if (left) place.append(make("p", "deck-left-out", `1–${left.count} / ${left.all}`));
  };
}

function makeTable(box, block) {
  const table = make("table", "deck-rows");
  const head = table.createTHead().insertRow();
  for (const field of block.fields) {
    const cell = make("th", isText(field.unit) ? "" : "deck-number");
    cell.append(make("div", "deck-head", field.title));
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of block.written) {
    const line = body.insertRow();
    row.forEach((text, place) => {
      const cell = make("td", isText(block.fields[place].unit) ? "" : "deck-number");
      cell.append(make("div", "deck-cell", text));
      line.append(cell);
    });
  }
  const frame = make("div", "deck-frame");
  frame.append(table);
  box.append(frame);
  return () => {
    const isWide = () => frame.scrollWidth > frame.clientWidth;
    table.classList.toggle("is-dense", isWide());
    for (const room of CELL_ROOMS) if (isWide()) table.style.setProperty("--deck-cell", `${room}px`);
    table.classList.toggle("is-cut", isWide());
    table.classList.toggle("is-tight", frame.scrollHeight > frame.clientHeight);
  };
}

function isText(unit) {
  return ["text", "date", "flag", ""].includes(unit);
}

function makeTiles(box, block) {
  const grid = make("div", `deck-grid deck-grid-${block.tiles.length}`);
  for (const tile of block.tiles) {
    const card = make("div", "deck-tile");
    card.append(make("div", "deck-tile-title", tile.title), make("div", "deck-tile-value", tile.value));
    const below = make("div", "deck-tile-below");
    if (tile.change) below.append(make("span", "deck-tile-change", tile.change));
    if (tile.beside || tile.reason) below.append(make("span", "deck-tile-beside", tile.beside || tile.reason));
    card.append(below);
    grid.append(card);
  }
  box.append(grid);
  const largest = block.tiles.length > 6 ? 48 : 56;
  return () => grid.querySelectorAll(".deck-tile-value").forEach((value) => shrinkAcross(value, largest));
}

function makeSentences(box, block) {
  const list = make("ul", "deck-sentences");
  for (const sentence of block.sentences) list.append(make("li", "deck-sentence", sentence));
  box.append(list);
  return () => {
    if (shrink(list, LARGEST_SENTENCE)) return;
    const lines = Math.floor(list.clientHeight / block.sentences.length / (SMALLEST_TEXT * 1.5) - 0.5);
    for (const item of list.children) {
      item.classList.add("deck-clamped");
      item.style.webkitLineClamp = String(Math.max(lines, 1));
    }
  };
}

/** Make letters smaller until they fit the height, but never too small to read; tells whether they do. */
function shrink(element, largest) {
  let size = largest;
  element.style.fontSize = `${size}px`;
  while (element.scrollHeight > element.clientHeight + 1 && size > SMALLEST_TEXT) {
    size -= 1;
    element.style.fontSize = `${size}px`;
  }
  return element.scrollHeight <= element.clientHeight + 1;
}

function shrinkAcross(element, largest) {
  let size = largest;
  element.style.fontSize = `${size}px`;
  while (element.scrollWidth > element.clientWidth && size > SMALLEST_TEXT) {
    size -= 2;
    element.style.fontSize = `${size}px`;
  }
}
