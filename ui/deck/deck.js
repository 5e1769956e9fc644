// The one renderer of a meeting's deck, over the page and in the file that opens offline: a page at a time, led by the
// keyboard. The whole deck is here, and the neighbours of a page are drawn before they are asked for.

const STAGE = { width: 1280, height: 720 };
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
const ONWARD = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const COLOURS = ["background", "secondary-background", "text", "primary", "border"];

class Presentation {
  /** `decks`: the same deck by each way of calling people, first the one to begin with. `told`: moved, maybe left. */
  constructor({ decks, words }, slide, told) {
    Object.assign(this, { decks, words, told, way: 0, made: new Map(), pending: [], defined: { pages: [] } });
    this.root = make("div", "deck");
    this.root.lang = decks[0].deck.language;
    this.root.tabIndex = -1;
    this.root.setAttribute("role", "dialog");
    this.root.setAttribute("aria-label", decks[0].deck.title);
    this.stage = make("div", "deck-stage");
    this.pages = make("div", "deck-pages");
    this.blank = make("div", "deck-blank");
    this.blank.hidden = true;
    this.stage.append(this.pages, this.makeFoot());
    this.root.append(this.stage, this.blank);
    this.slide = this.within(slide);
    this.listening = new AbortController();
  }

  /** Take the window; `from` lends the colours of the page below. */
  open(from) {
    for (const name of COLOURS) {
      const colour = getComputedStyle(from).getPropertyValue(`--st-${name}-color`);
      if (colour) this.root.style.setProperty(`--st-${name}-color`, colour);
    }
    this.below = [...document.body.children].filter((element) => !element.inert);
    for (const element of this.below) element.inert = true;
    document.body.append(this.root);
    const { signal } = this.listening;
    window.addEventListener("keydown", (event) => this.press(event), { capture: true, signal });
    window.addEventListener("resize", () => this.scale(), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw(), { signal });
    this.clockTicks = setInterval(() => this.tick(), 1000);
    this.tick();
    this.scale();
    this.root.focus({ preventScroll: true });
    Promise.all([plotly(), document.fonts.ready]).then(() => this.show());
  }

  close() {
    this.listening.abort();
    clearInterval(this.clockTicks);
    for (const element of this.below) element.inert = false;
    this.root.remove();
  }

  get deck() {
    return this.decks[this.way].deck;
  }

  within(slide) {
    return Math.min(Math.max(Math.trunc(slide) || 1, 1), Math.max(this.deck.slides.length, 1));
  }

  /** Go to a slide that somebody here asked for. */
  go(slide) {
    const next = this.within(slide);
    this.blank.hidden = true;
    this.define([]);
    if (next === this.slide) return;
    this.slide = next;
    this.show();
    this.pending.push(next);
    this.told.moved(next);
  }

  /** Go to a slide that the address names, unless that is but the echo of a move made here. */
  follow({ slide, following }) {
    this.followed.textContent = following ? this.words.following : "";
    const echo = this.pending.indexOf(slide);
    if (echo >= 0) this.pending.splice(0, echo + 1);
    else if (this.pending.length === 0 && this.within(slide) !== this.slide) {
      this.slide = this.within(slide);
      this.show();
    }
  }

  show() {
    if (!window.Plotly || !this.root.isConnected) return;
    const shown = this.drawn(this.slide);
    for (const { element } of this.made.values()) element.classList.toggle("is-shown", element === shown?.element);
    this.number.textContent = `${this.slide} / ${this.deck.slides.length}`;
    const { provenance = [] } = this.deck.slides[this.slide - 1] ?? {};
    const said = provenance.map(([name, value]) => `${name} ${value}`);
    this.origin.textContent = (said.length > 0 ? said : [this.deck.version, this.deck.frozen_at]).join(" · ");
    this.called.textContent = this.decks.length > 1 ? this.decks[this.way].title : "";
    this.drawAhead();
  }

  /** A slide's elements, drawn once; invisible until they are shown. */
  drawn(number) {
    const slide = this.deck.slides[number - 1];
    if (slide && !this.made.has(number)) {
      const made = makeSlide(slide);
      this.pages.append(made.element);
      this.made.set(number, made);
      made.settle(this.look());
    }
    return this.made.get(number);
  }

  /** Draw the others while nobody waits, one at a time, from the next one on. */
  drawAhead() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    later(() => {
      this.isDrawing = false;
      const others = this.deck.slides.map((_slide, place) => place + 1);
      const missing = others.filter((number) => !this.made.has(number));
      const next = missing.find((number) => number > this.slide) ?? missing[0];
      if (next === undefined || !this.root.isConnected) return;
      this.drawn(next);
      this.drawAhead();
    });
  }

  /** Show these pages of definitions over the slide, at the first; none shows the slide again. */
  define(pages, at = 0) {
    this.stage.querySelector(".deck-definitions")?.remove();
    this.defined = { pages, at };
    if (!pages[at]) return;
    const over = make("div", "deck-definitions");
    const made = makeSlide(pages[at]);
    over.append(made.element);
    this.stage.append(over);
    made.settle(this.look());
  }

  toggleDefinitions() {
    const isShown = this.defined.pages.length > 0;
    this.define(isShown ? [] : definitionsOf(this.deck.slides[this.slide - 1] ?? { definitions: [] }, this.words));
  }

  /** A page on or back: of the definitions while they are shown, else of the deck. */
  step(by) {
    const { pages, at } = this.defined;
    if (pages[at + by]) this.define(pages, at + by);
    else if (pages.length === 0) this.go(this.slide + by);
  }

  redraw() {
    this.define([]);
    for (const { element } of this.made.values()) {
      element.querySelectorAll(".deck-plot").forEach((place) => window.Plotly.purge(place));
      element.remove();
    }
    this.made.clear();
    this.show();
  }

  look() {
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(name).trim();
    return { ink: colour("--deck-ink"), line: colour("--deck-line"), family: style.fontFamily };
  }

  scale() {
    const { innerWidth, innerHeight } = window;
    const factor = Math.min(innerWidth / STAGE.width, innerHeight / STAGE.height);
    const left = (innerWidth - STAGE.width * factor) / 2;
    const top = (innerHeight - STAGE.height * factor) / 2;
    this.stage.style.transform = `translate(${left}px, ${top}px) scale(${factor})`;
  }

  tick() {
    const now = new Date();
    const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
    if (this.clock.textContent !== time) this.clock.textContent = time;
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const acts = {
      Home: () => this.go(1),
      End: () => this.go(this.deck.slides.length),
      f: () => this.toggleFullScreen(),
      n: () => this.callOtherwise(),
      d: () => this.toggleDefinitions(),
      b: () => (this.blank.hidden = !this.blank.hidden),
      Escape: () => this.leave(),
    };
    for (const one of BACK) acts[one] = () => this.step(-1);
    for (const one of ONWARD) acts[one] = () => this.step(1);
    // A button that has the focus is pressed by these two; everything else is ours, and never the page's below.
    if ([" ", "Enter"].includes(key) && event.target instanceof HTMLButtonElement) return;
    event.stopImmediatePropagation();
    if (!(key in acts)) return;
    event.preventDefault();
    acts[key]();
  }

  callOtherwise() {
    this.way = (this.way + 1) % this.decks.length;
    this.slide = this.within(this.slide);
    this.redraw();
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.defined.pages.length > 0) this.define([]);
    else if (this.told.left) {
      this.close();
      this.told.left();
    }
  }

  makeFoot() {
    const foot = make("footer", "deck-foot");
    this.origin = make("span", "deck-origin");
    [this.followed, this.called, this.number, this.clock] = ["deck-followed", "deck-called", "deck-count", "deck-clock"]
      .map((name) => make("span", name));
    const button = (sign, title, act) => {
      const made = make("button", "deck-button", sign);
      made.type = "button";
      made.title = title;
      made.setAttribute("aria-label", title);
      made.addEventListener("click", act);
      return made;
    };
    foot.append(this.origin, this.followed, this.called, button("‹", this.words.back, () => this.step(-1)));
    foot.append(this.number, button("›", this.words.onward, () => this.step(1)), this.clock);
    foot.append(button("?", this.words.definitions, () => this.toggleDefinitions()));
    if (this.told.left) foot.append(button("×", this.words.leave, () => this.leave()));
    return foot;
  }
}

function later(act) {
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 200 });
  else setTimeout(act, 30);
}

/** Wait for plotly.js, which comes apart from the deck because it is large. */
async function plotly() {
  while (!window.Plotly) await new Promise((resolve) => setTimeout(resolve, 30));
}

let presentation = null;
let wanted = { slide: 1, following: false };
let moved = () => {};

/** What Streamlit calls: once with the decks, and once each time that the address names another slide. */
export default function ({ data, parentElement, setTriggerValue }) {
  if (!data.decks) {
    wanted = data;
    moved = (slide) => setTriggerValue("slide", slide);
    presentation?.follow(wanted);
    return undefined;
  }
  presentation?.close();
  const told = { moved: (slide) => moved(slide), left: () => setTriggerValue("left", true) };
  const opened = new Presentation(data, wanted.slide, told);
  opened.open(parentElement);
  opened.follow(wanted);
  presentation = opened;
  return () => {
    opened.close();
    if (presentation === opened) presentation = null;
  };
}

/** What the page that opens offline calls: its place is kept in the address behind #. */
function openFile(data) {
  const named = () => Number(location.hash.slice(1)) || 1;
  const keep = (slide) => location.replace(`#${slide}`);
  const opened = new Presentation(data, named(), { moved: keep });
  opened.open(document.documentElement);
  window.addEventListener("hashchange", () => opened.follow({ slide: named(), following: false }));
}
