// Charts of a slide: what a page drew with Plotly, in letters that are read from the back of a room.

const SMALLEST_TEXT = 20;
const GROWN = 1.4; // marks grow as the letters do, which some of them hold
const MOST_BARS = 14;
const MOST_LINES = 3;
const MARGIN = { l: 12, r: 56, t: 44, b: 12 };
const PALETTE = ["#2f7ebc", "#e08a00", "#0b9b78", "#c45a8f", "#6a6fc1", "#8a8f98"];
const QUIET = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false };
const ruler = document.createElement("canvas").getContext("2d");

/** Draw a chart of plain JSON in a place of so many pixels; gives how many of how many bars are shown, if not all. */
function drawChart(place, figure, width, height, look) {
  const { data, layout } = JSON.parse(JSON.stringify({ data: figure.data ?? [], layout: figure.layout ?? {} }));
  raiseText(data, look);
  raiseText(layout, look);
  Object.assign(layout, {
    width,
    height,
    autosize: false,
    font: { ...layout.font, size: SMALLEST_TEXT, color: look.ink, family: look.family },
    colorway: PALETTE,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { ...MARGIN },
    dragmode: false,
    hoverlabel: { font: { size: SMALLEST_TEXT, family: look.family } },
    legend: { ...layout.legend, orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" },
  });
  delete layout.title;
  delete layout.template;
  for (const note of layout.annotations ?? []) if (note.xshift) note.xshift *= GROWN; // beside marks
  for (const trace of data) {
    if (trace.type === "heatmap") trace.textfont = { ...trace.textfont, size: SMALLEST_TEXT };
    if (trace.type === "sankey") trace.textfont = { size: SMALLEST_TEXT, color: look.ink };
    if (trace.type === "bar") trace.constraintext = "none"; // or letters are as small as their bar
    growMarks(trace.marker);
    if (trace.mode?.includes("text") && !trace.name) trace.showlegend = false; // a legend shows such as a tiny "Aa"
    if (trace.line && trace.mode?.includes("lines")) trace.line.width = Math.max(trace.line.width ?? 0, 3);
  }
  const axes = new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))]);
  const left = { count: 0, all: 0 };
  for (const name of axes) dressAxis(name, data, layout, width, look, left);
  window.Plotly.newPlot(place, data, layout, QUIET);
  return left.all > left.count ? left : null;
}

/** Raise every size of letters below the smallest that can be read, wherever a chart names one. */
function raiseText(node, look) {
  if (node === null || typeof node !== "object") return;
  for (const [name, value] of Object.entries(node)) {
    if (/font$/.test(name) && value !== null && typeof value === "object") {
      const sizes = value.size;
      value.size = Array.isArray(sizes) ? sizes.map(readable) : readable(sizes);
      value.family = look.family;
    } else if (!Array.isArray(value) || typeof value[0] === "object") {
      raiseText(value, look);
    }
  }
}

function readable(size) {
  return Math.max(Number(size) || 0, SMALLEST_TEXT);
}

function growMarks(marker) {
  if (!marker) return;
  if (typeof marker.size === "number") marker.size *= GROWN;
  if (marker.sizeref) marker.sizeref /= marker.sizemode === "area" ? GROWN ** 2 : GROWN;
  if (marker.sizemin) marker.sizemin *= GROWN;
}

/** Colours of the theme, and names of categories broken or cut to the room there is. */
function dressAxis(name, data, layout, width, look, left) {
  const axis = { ...layout[name] };
  Object.assign(axis, {
    gridcolor: look.line,
    zerolinecolor: look.line,
    linecolor: look.line,
    automargin: true,
    fixedrange: true,
    ticklabelstandoff: 6,
    tickfont: { ...axis.tickfont, size: readable(axis.tickfont?.size), color: look.ink, family: look.family },
  });
  if (name[0] === "x" && axis.ticktext && !axis.ticktext.some((text) => /^\W?\d/.test(text))) {
    const room = (width - MARGIN.l - MARGIN.r) / (axis.ticktext.length + 3); // names of rows take about three
    const lines = axis.ticktext.flatMap((text) => text.split(/<br\s*\/?>/)).map(read);
    if (lines.some((line) => wide(line) > room)) axis.tickangle = -90;
  }
  const names = categoriesOf(name[0], data, axis);
  if (names.length > 0) axis.showgrid = false; // lines between names tell nothing
  if (names.length > 0 && name[0] === "x") {
    const room = (width - MARGIN.l - MARGIN.r) / names.length - 8;
    const isBars = data.some((trace) => trace.type === "bar" && trace.orientation !== "h");
    if (isBars) setTicks(axis, names, (text) => broken(text, room));
  } else if (names.length > 0) {
    setTicks(axis, names, (text) => escaped(cut(text, width * 0.3)));
    if (names.length > MOST_BARS && data.some((trace) => trace.type === "bar")) {
      axis.range = axis.autorange === "reversed" ? [MOST_BARS - 0.5, -0.5] : [-0.5, MOST_BARS - 0.5];
      axis.autorange = false;
      Object.assign(left, { count: MOST_BARS, all: names.length });
    }
  }
  layout[name] = axis;
}

/** The categories along an axis in their order; none where it counts, or where they stand in two levels. */
function categoriesOf(letter, data, axis) {
  if (axis.tickvals || (axis.type && axis.type !== "category")) return [];
  const names = new Set();
  for (const trace of data) {
    if (trace.type === "sankey" || trace.type === "heatmap") continue;
    for (const value of Array.isArray(trace[letter]) ? trace[letter] : []) {
      if (typeof value !== "string" || (axis.type !== "category" && /^-?[\d.]/.test(value))) return [];
      names.add(value);
    }
  }
  return [...names];
}

function setTicks(axis, names, write) {
  Object.assign(axis, { type: "category", tickmode: "array", tickvals: names, tickangle: 0 });
  axis.ticktext = names.map((name) => write(read(name)));
}

/** A label of a chart, which knows a little HTML, as people read it. */
function read(label) {
  const plain = label.replace(/<br\s*\/?>/g, " ").replace(/<\/?(b|i|sub|sup|span|a)\b[^>]*>/g, "");
  return plain.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function wide(text) {
  ruler.font = `${SMALLEST_TEXT}px sans-serif`;
  return ruler.measureText(text).width;
}

function cut(text, room) {
  if (wide(text) <= room) return text;
  let kept = [...text];
  while (kept.length > 1 && wide(`${kept.join("")}…`) > room) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}

/** A text over up to MOST_LINES lines: broken between words, and between any two Chinese characters. */
function broken(text, room) {
  const parts = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? [];
  const lines = [""];
  for (const part of parts) {
    const line = lines[lines.length - 1];
    if (line && wide((line + part).trimEnd()) > room) lines.push(part);
    else lines[lines.length - 1] = line + part;
  }
  const kept = lines.slice(0, MOST_LINES).map((line) => cut(line.trim(), room));
  if (lines.length > MOST_LINES) kept[MOST_LINES - 1] = cut(`${kept[MOST_LINES - 1]}…`, room);
  return kept.map(escaped).join("<br>");
}
