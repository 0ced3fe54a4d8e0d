/** How a decision is shown: always a sign and a word, never a colour alone. */

/** `{status: [sign, word]}`. */
export const STATUS = {
  unreviewed: ["○", "open"],
  accepted: ["✓", "accepted"],
  corrected: ["✎", "corrected"],
  rejected: ["✗", "rejected"],
  unsure: ["?", "unsure"],
  missing: ["–", "not in this review"],
};

/** The sign of a status. */
export function sign(status) {
  return STATUS[status]?.[0] ?? "·";
}

/** The word for a status. */
export function word(status) {
  return STATUS[status]?.[1] ?? status;
}
