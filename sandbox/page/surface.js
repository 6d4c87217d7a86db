// One thing blocks are drawn on: a message, a modal, a Home tab. It holds what the person has filled in so far,
// and carries their clicks to the app.

import { post } from "./api.js";
import { confirmWith } from "./dialog.js";
import { textObject } from "./mrkdwn.js";
import { toast } from "./toast.js";

const NO_ANSWER = "This app is not responding. Try again in a moment.";

const pending = new Map();

/** Is an action of that id under way? Its answer will then tell what became of it. */
export const isPending = (actionId) => (pending.get(actionId) ?? 0) > 0;

export class Surface {
  /** `container` is a function, since a message's or a view's particulars change while it is on the screen. */
  constructor(kind, container) {
    this.kind = kind;
    this.container = container;
    this.values = {};
    this.onchange = null;
  }

  hold(blockId, actionId, value) {
    (this.values[blockId] ??= {})[actionId] = value;
    this.onchange?.(blockId);
  }

  held(blockId, actionId, type) {
    const value = this.values[blockId]?.[actionId];
    return value?.type === type ? value : undefined;
  }

  /** Forget what belongs to fields that are gone. */
  keepOnly(present) {
    for (const [blockId, actions] of Object.entries(this.values)) {
      for (const actionId of Object.keys(actions)) {
        if (!present.has(`${blockId}\n${actionId}`)) delete actions[actionId];
      }
      if (!Object.keys(actions).length) delete this.values[blockId];
    }
  }

  /**
   * Send one action to its app, after the element's own confirmation if it has one. While the app thinks, `control` is
   * marked as busy. Returns true if it was taken.
   */
  async act(element, blockId, particulars, control) {
    if (control?.getAttribute("aria-busy") === "true") return false;
    if (element.confirm && !(await this.confirmed(element.confirm))) return false;
    busy(control, true);
    pending.set(element.action_id, (pending.get(element.action_id) ?? 0) + 1);
    const answer = await post("click", {
      container: this.container(),
      block_id: blockId,
      action_id: element.action_id,
      element: { type: element.type, action_id: element.action_id, block_id: blockId, ...particulars },
      state: { values: this.values },
    });
    busy(control, false);
    pending.set(element.action_id, pending.get(element.action_id) - 1);
    if (answer.ok === false) {
      control?.classList.add("failed");
      control?.setAttribute("title", NO_ANSWER);
      toast(
        answer.error === "operation_timeout" || !answer.error ? NO_ANSWER : `${NO_ANSWER} (${answer.error})`,
        "error",
      );
      return false;
    }
    control?.classList.remove("failed");
    control?.removeAttribute("title");
    return true;
  }

  confirmed(confirm) {
    return confirmWith(textObject(confirm.title), textObject(confirm.text), {
      confirm: textObject(confirm.confirm),
      deny: textObject(confirm.deny),
      style: confirm.style,
    });
  }

  async suggest(element, blockId, typed) {
    const answer = await post("suggest", {
      container: this.container(),
      block_id: blockId,
      action_id: element.action_id,
      value: typed,
    });
    return answer;
  }
}

function busy(control, isBusy) {
  if (!control) return;
  control.classList.toggle("busy", isBusy);
  if (isBusy) control.setAttribute("aria-busy", "true");
  else control.removeAttribute("aria-busy");
}
