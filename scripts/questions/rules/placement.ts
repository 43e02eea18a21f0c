import { foldersToOffer } from '../../skill/placement.ts';
import type { QuestionRule } from '../question-rule.ts';

/** Where the generated skill goes, where the repository has no convention, or several. */
export const placement: QuestionRule = {
  name: 'placement',
  asks: 'Which project skills folder the generated skill goes to, where the repository has no convention or several.',
  weight: 0,
  decidable: true,
  find({ placement }) {
    const { skillsDir, reason, candidates } = placement;
    if (skillsDir !== null) return [];
    const folders = foldersToOffer(placement);
    return [
      {
        id: 'placement',
        surface: 'operations',
        subject: 'skills folder',
        ask: `Which folder of this repository should hold the generated skill? ${reason}`,
        because: [],
        options: folders.map((folder, index) => {
          const agents = candidates.filter((each) => each.skillsDir === folder).map((each) => each.agent);
          const option = {
            label: folder,
            effect: `generate writes below ${folder}${agents.length > 0 ? `, which ${agents.join(', ')} reads` : ''}.`,
          };
          return index === 0 ? { ...option, recommended: true as const } : option;
        }),
        settles: 'application.skill in the parity map.',
      },
    ];
  },
};
