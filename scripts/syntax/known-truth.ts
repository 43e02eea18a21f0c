/** The answer to a question; `undefined` where it is not known. */
export type Truth = boolean | undefined;

/** Not, of what may not be known. */
export function not(answer: Truth): Truth {
  return answer === undefined ? undefined : !answer;
}

/** Whether one of some answers is yes: one that is decides, whatever of the others is not known. */
export function someOf(answers: readonly Truth[]): Truth {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether all of some answers are yes: one that is no decides. */
export function allOf(answers: readonly Truth[]): Truth {
  return not(someOf(answers.map(not)));
}
