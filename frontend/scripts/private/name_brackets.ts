// Brackets in names: exposure_index/identity/name_brackets.py in the browser.
const OPENING =
  "(\\[{\u0f3a\u0f3c\u169b\u2045\u2308\u230a\u2329\u2768\u276a\u276c\u276e\u2770\u2772\u2774" +
  "\u27c5\u27e6\u27e8\u27ea\u27ec\u27ee\u2983\u2985\u2987\u2989\u298b\u298d\u298f\u2991\u2993" +
  "\u2995\u2997\u29d8\u29da\u29fc\u2e22\u2e24\u2e26\u2e28\u2e55\u2e57\u2e59\u2e5b\u3008\u300a\u300c" +
  "\u300e\u3010\u3014\u3016\u3018\u301a";
const CLOSING =
  ")\\]}\u0f3b\u0f3d\u169c\u2046\u2309\u230b\u232a\u2769\u276b\u276d\u276f\u2771\u2773\u2775" +
  "\u27c6\u27e7\u27e9\u27eb\u27ed\u27ef\u2984\u2986\u2988\u298a\u298c\u298e\u2990\u2992\u2994" +
  "\u2996\u2998\u29d9\u29db\u29fd\u2e23\u2e25\u2e27\u2e29\u2e56\u2e58\u2e5a\u2e5c\u3009\u300b\u300d" +
  "\u300f\u3011\u3015\u3017\u3019\u301b";
export const BRACKET = new RegExp(`[${OPENING}${CLOSING}]`);
const BRACKETS = new RegExp(BRACKET.source, "g");
const INNERMOST = new RegExp(`[${OPENING}][^${OPENING}${CLOSING}]*[${CLOSING}]`, "g");
const UNCLOSED = new RegExp(`[${OPENING}][^]*`);
const LETTER = /\p{L}/u;

/** Returns a text without brackets and their content; where that is all, only without brackets.
 *  One that is never closed reaches to the end. */
export function outsideBrackets(text: string): string {
  if (!BRACKET.test(text)) return text;
  let outside = text;
  let before: string;
  do {
    before = outside;
    outside = outside.replace(INNERMOST, " ");
  } while (outside !== before);
  outside = outside.replace(UNCLOSED, " ").replace(BRACKETS, " ");
  return LETTER.test(outside) ? outside : text.replace(BRACKETS, " ");
}
