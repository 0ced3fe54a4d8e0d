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
    this.data = data;
    const first = (item) => item.quote?.content?.[0]?.[0] ?? 0;
    this.items = [...(data.items ?? [])].sort((a, b) => Number(a.agree) - Number(b.agree) || first(a) - first(b));
  }

  get open() {
    return this.items.filter((item) => !item.agree && !item.final).length;
  }

  async settle(item, choose, after = {}) {
    if (this.busy || !item) return;
    this.busy = true;
    const { id } = this.desk.document;
    try {
      await post("/api/adjudication", { doc: id, quote: item.id, choose, after, note: "" });
      this.take(await get(`/api/adjudication/${encodeURIComponent(id)}`));
      tell(`saved, ${this.open} left`);
      const next = this.items.findIndex((each) => !each.agree && !each.final);
      this.at = next < 0 ? this.items.findIndex((each) => each.id === item.id) : next;
      this.paint();
      this.reveal();
    } catch (error) {
      warn(error.message);
    } finally {
      this.busy = false;
    }
  }

  pick(index) {
    const item = this.items[this.at];
    const version = item?.versions[index];
    if (version) this.settle(item, version.reviewer);
  }

  neither() {
    this.settle(this.items[this.at], null, { status: "rejected" });
  }

  move(by) {
    this.at = Math.min(Math.max(this.at + by, 0), this.items.length - 1);
    this.paint();
    this.reveal();
  }

  reveal() {
    const item = this.items[this.at];
    if (item) note(address("adjudication", this.desk.document.id, item.id));
    this.page.querySelector(".item.current")?.scrollIntoView({ block: "nearest" });
  }

  paint() {
    const { desk, items } = this;
    const on = {
      choose: (item, reviewer) => this.settle(item, reviewer),
      neither: (item) => this.settle(item, null, { status: "rejected" }),
      select: (item) => ((this.at = items.indexOf(item)), this.paint(), this.reveal()),
    };
    const differ = items.filter((item) => !item.agree);
    const agreed = items.filter((item) => item.agree);
    const boxes = (list) => list.map((item) => versionsBox(desk, item, items.indexOf(item) === this.at, on));
    refill(
      this.page,
      h("h1", { tabindex: -1, dir: "auto" }, desk.document.title || desk.document.id),
      h("p", { class: "facts" }, `${count(differ.length, "difference")}, ${this.open} left · ${count(agreed.length, "quotation")} alike`),
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
  const [document_, data] = await Promise.all([get(documentUrl(place.doc)), get(`/api/adjudication/${encodeURIComponent(place.doc)}`)]);
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
  bind({ ...picks, reject: () => view.neither(), next: () => view.move(1), previous: () => view.move(-1), ...common }, NAMES);
  const asked = view.items.findIndex((item) => item.id === place.quote);
  const left = view.items.findIndex((item) => !item.agree && !item.final);
  view.at = Math.max(0, asked >= 0 ? asked : left);
  view.paint();
  return { leave() {} };
}
