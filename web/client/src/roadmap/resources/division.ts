/** How the hours of a whole roadmap divide into study and practice, in whole hours that add up to the one total there is. */
import { showHoursInFull } from "../../format/format";

interface Divided {
  milestones: readonly { steps: readonly { studyHours: number }[] }[];
}

export function division({ milestones }: Divided, hours: number): { study: number; practice: number } {
  const study = Math.round(milestones.flatMap(({ steps }) => steps).reduce((sum, { studyHours }) => sum + studyHours, 0));
  return { study, practice: hours - study };
}

export function divisionInWords(divided: Divided, hours: number): string {
  const { study, practice } = division(divided, hours);
  return `Of the ${showHoursInFull(hours)}, ${showHoursInFull(study)} go into resources and ${showHoursInFull(practice)} into practice.`;
}
