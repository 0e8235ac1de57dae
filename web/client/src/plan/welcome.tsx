/** What this is about, for those who have not asked anything yet. */
import { useQuery } from "@urql/preact";
import { showNumber } from "../format/format";
import { USUAL, type Question } from "../question/question";
import { addressOf } from "../question/use-question";
import { useTitle } from "../shell/title";
import { ButtonLink } from "../ui/button";
import { CatalogDocument } from "./catalog.generated";
import styles from "./welcome.module.css";

const EXAMPLES: { title: string; text: string; question: Partial<Question> }[] = [
  {
    title: "Java engineer to backend architect",
    text: "Mid-level, at home in Java, Git, REST and PostgreSQL, six hours a week.",
    question: {
      from: "mid-level-backend-engineer",
      to: "backend-architect",
      skills: [
        { topic: "java", level: "PROFICIENT" },
        { topic: "git", level: "WORKING" },
        { topic: "rest", level: "WORKING" },
        { topic: "postgresql", level: "WORKING" },
      ],
      prefer: ["java", "spring-boot"],
    },
  },
  {
    title: "Mid-level to senior, for free",
    text: "Go, ten hours a week, free resources only.",
    question: { from: "mid-level-backend-engineer", to: "senior-backend-engineer", skills: [{ topic: "go", level: "WORKING" }], prefer: ["go"], hoursPerWeek: 10, freeOnly: true },
  },
  {
    title: "Senior to engineering manager",
    text: "From writing code to leading those who do, four hours a week.",
    question: { from: "senior-backend-engineer", to: "engineering-manager", hoursPerWeek: 4 },
  },
];

const PROMISES = [
  { title: "The fewest hours, proven", text: "Of all ways that reach your goal, the one with the least to learn: with a proof that no other takes less." },
  { title: "What matters comes first", text: "Ordered, dated by your hours and holidays, and each step says why it is there." },
  { title: "One set of resources", text: "Books, courses and articles chosen together for your languages and budget." },
];

export function Welcome() {
  useTitle(undefined);
  const [{ data }] = useQuery({ query: CatalogDocument });
  const catalog = data?.catalog;
  return (
    <div class={styles["welcome"]}>
      <h1>
        What stands between you and <em>where you want to be</em>?
      </h1>
      <p class={styles["lead"]}>
        Say where you are as a backend engineer, where to, and how much time you have. Waymark computes your own roadmap: in which order, with which resources, by when, and
        why each of it.
      </p>
      <p class={styles["start"]}>
        <ButtonLink look="main" href="#question">
          Start with your question
        </ButtonLink>
      </p>
      <ul role="list" class={styles["promises"]}>
        {PROMISES.map(({ title, text }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      <h2 class={styles["head"]}>Or look at one of these</h2>
      <ul role="list" class={styles["examples"]}>
        {EXAMPLES.map(({ title, text, question }) => (
          <li key={title}>
            <a href={addressOf({ ...USUAL, ...question })}>
              <strong>{title}</strong>
              <span>{text}</span>
            </a>
          </li>
        ))}
      </ul>
      <p class={styles["counts"]}>
        {catalog
          ? `${showNumber(catalog.topicCount)} topics, ${showNumber(catalog.stepCount)} steps, ${showNumber(catalog.resourceCount)} resources, ${showNumber(catalog.roleCount)} roles. No account needed.`
          : "No account needed."}
      </p>
    </div>
  );
}
