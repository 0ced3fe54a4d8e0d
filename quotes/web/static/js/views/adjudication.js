/** Adjudication of one article: the reviewers' versions of each quotation side by side, and which one holds. */

import { get, post } from "../core/api.js";
import { count, h, refill } from "../core/dom.js";
import { bind } from "../core/keys.js";
import { tell, warn } from "../core/live.js";
import { address, note } from "../core/router.js";
import { exportMenu } from "../desk/desk_dialogs.js";
import { help } from "../desk/help.js";
import { paintLegend } from "../desk/legend.js";
import { Desk } from "../desk/state.js";
import { searchSpeaker } from "../desk/speaker_dialogs.js";
import { versionsBox } from "../desk/versions.js";
import { documentUrl } from "../desk/work.js";

const NAMES = {
  pick1: { label: "Take the first version", short: "take 1" },
  pick2: { label: "Take the second version", short: "take 2" },
  pick3: { label: "Take the third version", short: "take 3" },
  pick4: { label: "Take the fourth version", short: "take 4" },
  pick5: { label: "Take the fifth version", short: "take 5" },
  reject: { label: "Neither: this is no quotation", short: "neither" },
};

function adjudicationUrl(doc) {
  return `/api/adjudication/${encodeURIComponent(doc)}`;
}

/** The state of the view, and its steps. */
class Adjudication {
  constructor(page, desk, data) {
    this.page = page;
    this.desk = desk;
    this.at = 0;
    this.busy = false;
    this.take(data);
  }

  take(data) {
    const typed = new Map((this.items ?? []).map((item) => [item.quote, item.draftNote]));
    for (const item of data.items) item.draftNote = typed.get(item.quote);
    // those that differ first; within, as they stand in the text, which is how the server gives them
    this.items = [...data.items].sort((a, b) => Number(a.agree) - Number(b.agree));
    this.desk.speakers = data.speakers;
  }

  get open() {
    return this.items.filter((item) => !item.final).length;
  }

  get item() {
    return this.items[this.at];
  }

  /** Run one request, then show what is there. */
  async step(request) {
    if (this.busy) return;
    this.busy = true;
    try {
      const done = await request();
      await this.reload();
      tell(done());
    } catch (error) {
      warn(error.message);
      await this.reload().catch(() => null);
    } finally {
      this.busy = false;
      this.paint();
      this.reveal();
    }
  }

  async reload() {
    this.take(await get(adjudicationUrl(this.desk.document.id)));
  }

  settle(item, choose, after = {}) {
    if (!item) return undefined;
    const doc = this.desk.document.id;
    const note = item.draftNote ?? null;
    return this.step(async () => {
      await post("/api/adjudication", { doc, quote: item.quote, choose, after, note, base_revision: item.revision });
      return () => {
        const next = this.items.findIndex((each) => !each.final);
        this.at = next < 0 ? this.items.findIndex((each) => each.quote === item.quote) : next;
        return `saved, ${this.open} left`;
      };
    });
  }

  back(way) {
    return this.step(async () => {
      const answer = await post(`/api/${way}`, { doc: this.desk.document.id });
      return () => {
        const at = this.items.findIndex((each) => each.quote === (answer.undone ?? answer.redone).quote);
        if (at >= 0) this.at = at;
        return `${way === "undo" ? "undone" : "done again"}, ${this.open} left`;
      };
    });
  }

  pick(index) {
    const version = this.item?.versions[index];
    if (version) this.settle(this.item, version.reviewer);
  }

  neither(item = this.item) {
    this.settle(item, null, { status: "rejected" });
  }

  speaker(item = this.item) {
    if (!item) return;
    searchSpeaker(this.desk, (speaker) => {
      const who = speaker && !speaker.id ? { speaker_name: speaker.name } : { speaker_id: speaker?.id ?? null };
      this.settle(item, null, { status: "corrected", ...who });
    });
  }

  move(by) {
    this.at = Math.min(Math.max(this.at + by, 0), this.items.length - 1);
    this.paint();
    this.reveal();
  }

  reveal() {
    if (this.item) note(address("adjudication", this.desk.document.id, this.item.quote));
    this.page.querySelector(".item.current")?.scrollIntoView({ block: "nearest" });
  }

  paint() {
    const { desk, items } = this;
    const on = {
      choose: (item, reviewer) => this.settle(item, reviewer),
      neither: (item) => this.neither(item),
      speaker: (item) => this.speaker(item),
      select: (item) => ((this.at = items.indexOf(item)), this.paint(), this.reveal()),
    };
    const differ = items.filter((item) => !item.agree);
    const agreed = items.filter((item) => item.agree);
    const boxes = (list) => list.map((item) => versionsBox(desk, item, items.indexOf(item) === this.at, on));
    refill(
      this.page,
      h("h1", { tabindex: -1, dir: "auto" }, desk.document.title || desk.document.id),
      h(
        "p",
        { class: "facts" },
        `${count(differ.length, "difference")}, ${this.open} left to settle · ${count(agreed.length, "quotation")} alike`,
      ),
      boxes(differ),
      agreed.length ? h("h2", {}, "Alike") : null,
      boxes(agreed),
    );
    paintLegend();
  }
}

function blocked(page, desk, why) {
  page.append(
    h("h1", { tabindex: -1, dir: "auto" }, desk.document.title || desk.document.id),
    h("p", {}, why || "This article can be adjudicated when two reviewers have finished it."),
    h("p", {}, h("a", { href: address("desk", desk.document.id) }, "Review it")),
  );
}

/** Show the adjudication of an article; returns what takes the view down. */
export async function adjudicationView(main, place) {
  const [document_, data] = await Promise.all([get(documentUrl(place.doc)), get(adjudicationUrl(place.doc))]);
  const desk = new Desk(document_);
  document.title = `Adjudication · ${desk.document.title || desk.document.id}`;
  const page = h("div", { class: "page wide" });
  main.replaceChildren(page);
  const common = { export: () => exportMenu(desk.document.id), help: () => help(paintLegend) };
  if (data.blocked) {
    blocked(page, desk, data.why);
    bind(common);
    paintLegend();
    return { leave() {} };
  }
  const view = new Adjudication(page, desk, data);
  const picks = Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`pick${number}`, () => view.pick(number - 1)]));
  const turns = { undo: () => view.back("undo"), redo: () => view.back("redo") };
  bind(
    {
      ...picks,
      ...turns,
      reject: () => view.neither(),
      speaker: () => view.speaker(),
      next: () => view.move(1),
      previous: () => view.move(-1),
      ...common,
    },
    NAMES,
  );
  const asked = view.items.findIndex((item) => item.quote === place.quote);
  const left = view.items.findIndex((item) => !item.final);
  view.at = Math.max(0, asked >= 0 ? asked : left);
  view.paint();
  return { leave() {} };
}
