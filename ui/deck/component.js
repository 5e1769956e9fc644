// The deck over the whole window of a page. Python's side is ui.deck.
const shownDecks = new WeakMap();

function themeOf(place) {
  const style = getComputedStyle(place);
  const names = { ink: "text-color", paper: "background-color", panel: "secondary-background-color", line: "border-color", accent: "primary-color" };
  const found = Object.entries(names).map(([ours, theirs]) => [`--deck-${ours}`, style.getPropertyValue(`--st-${theirs}`).trim()]);
  return Object.fromEntries(found.filter(([, colour]) => colour));
}

function once(id, tag, words) {
  if (document.getElementById(id)) return;
  const made = element(tag, "", document.head);
  made.id = id;
  made.textContent = words;
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  once("pinyu-deck-style", "style", data.css);
  if (!window.Plotly && data.plotly) once("pinyu-plotly", "script", data.plotly);
  if (!window.Plotly) return;
  if (!data.has_plotly) setStateValue("has_plotly", true);
  const known = shownDecks.get(parentElement);
  if (known?.deck.isOpen()) {
    if (data.following && data.slide !== known.told) known.deck.goTo(data.slide);
    known.told = data.slide;
    return;
  }
  const deck = showDeck(document.body, {
    decks: data.decks,
    order: data.order,
    words: data.words,
    slide: data.slide,
    colours: themeOf(parentElement),
    onSlide: (slide) => setTriggerValue("slide", slide),
    onLeave: () => setTriggerValue("left", true),
  });
  shownDecks.set(parentElement, { deck, told: data.slide });
  return () => {
    deck.close();
    shownDecks.delete(parentElement);
  };
}
