//! A roadmap to read in a terminal. It is Markdown too, so that it can be kept in a file.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use waymark_planner::catalog::Coverage;
use waymark_planner::ids::StepId;
use waymark_planner::{Choice, Milestone};

use super::sheet::{Sheet, credit, hours, price};
use super::words;

/// Columns of text.
const WIDTH: usize = 100;

/// The roadmap as text; with colours where asked for.
pub fn render(sheet: &Sheet<'_>, colour: bool) -> String {
    let mut page =
        Page { sheet, coverage: sheet.coverage(), exercises: sheet.exercises(), colour, text: String::new() };
    // Writing to a string does not fail.
    let _ = page.write();
    page.text
}

struct Page<'a> {
    sheet: &'a Sheet<'a>,
    coverage: HashMap<StepId, &'a Coverage>,
    exercises: HashMap<StepId, &'a Coverage>,
    colour: bool,
    text: String,
}

impl Page<'_> {
    fn write(&mut self) -> fmt::Result {
        self.head()?;
        for (index, milestone) in self.sheet.roadmap.milestones.iter().enumerate() {
            self.milestone(index, milestone)?;
        }
        self.choices(self.sheet.choices)?;
        self.resource_list()?;
        self.assumed()
    }

    fn head(&mut self) -> fmt::Result {
        let heading = format!("# {}", self.sheet.title());
        let heading = self.strong(&heading);
        writeln!(self.text, "{heading}\n")?;
        if self.sheet.roadmap.steps.is_empty() {
            return writeln!(self.text, "{}", words::NOTHING_TO_LEARN);
        }
        writeln!(self.text, "**{}** {}", words::summary(self.sheet), words::proof(self.sheet))?;
        words::deadline(self.sheet).map_or(Ok(()), |said| writeln!(self.text, "{said}"))
    }

    fn milestone(&mut self, index: usize, milestone: &Milestone) -> fmt::Result {
        let title = self.sheet.milestone_title(milestone);
        let heading = self.strong(&format!("## {}. {title}", index + 1));
        writeln!(
            self.text,
            "\n{heading}\n\n{} hours, {}.\n",
            hours(milestone.hours),
            words::period(milestone.starts_on, milestone.arrives_on)
        )?;
        for &position in &milestone.steps {
            self.step(position)?;
        }
        Ok(())
    }

    fn step(&mut self, position: usize) -> fmt::Result {
        let planned = &self.sheet.roadmap.steps[position];
        let step = &self.sheet.catalog.steps()[planned.step];
        let name = self.strong(&self.sheet.step_title(planned.step));
        let when = words::period(planned.starts_on, planned.finishes_on);
        let marks = words::marks(planned);
        let coverage = self.coverage.get(&planned.step).copied();
        let time = words::time(self.sheet, planned.step, coverage);
        writeln!(self.text, "{}. **{name}** ({time}; {when}{marks})", position + 1)?;
        self.paragraph(&step.outcome)?;
        self.paragraph(&format!("*Why:* {}", words::why(self.sheet, position)))?;
        match coverage {
            Some(coverage) => self.paragraph(&format!("*With:* {}", self.resource_line(coverage)))?,
            None => self.paragraph(&format!("*With:* {}", words::UNCOVERED))?,
        }
        self.practice(planned.step)
    }

    /// What there is to practise, and with what; nothing where nothing is known of it.
    fn practice(&mut self, step: StepId) -> fmt::Result {
        let task = self.sheet.catalog.steps()[step].practice.as_deref().map(str::to_owned);
        let exercise = self.exercises.get(&step).map(|exercise| self.resource_line(exercise));
        let said: Vec<String> = task.into_iter().chain(exercise).collect();
        if said.is_empty() {
            return Ok(());
        }
        self.paragraph(&format!("*Practise:* {}", said.join(" With ")))
    }

    fn choices(&mut self, choices: &[Choice]) -> fmt::Result {
        if choices.is_empty() {
            return Ok(());
        }
        let heading = self.strong("## Choices");
        writeln!(self.text, "\n{heading}\n\n{}\n", words::CHOICES)?;
        self.decisions(choices)
    }

    fn decisions(&mut self, choices: &[Choice]) -> fmt::Result {
        for choice in choices {
            let taken = self.strong(&self.sheet.step_title(choice.taken));
            self.item(&format!("**{taken}**; {}", words::alternatives(self.sheet, choice)))?;
        }
        Ok(())
    }

    fn resource_list(&mut self) -> fmt::Result {
        let plan = self.sheet.resources;
        if plan.picks.is_empty() {
            return Ok(());
        }
        let heading = self.strong("## Resources");
        writeln!(self.text, "\n{heading}\n\n{}\n", words::resources(self.sheet))?;
        for (id, covers) in &plan.picks {
            let resource = &self.sheet.catalog.resources()[*id];
            let covered = words::count(covers.len(), "step");
            self.item(&format!(
                "{}: {covered}, {}, <{}>",
                credit(resource),
                price(resource.price),
                resource.url
            ))?;
        }
        Ok(())
    }

    fn assumed(&mut self) -> fmt::Result {
        if self.sheet.roadmap.assumed.is_empty() {
            return Ok(());
        }
        let heading = self.strong("## Assumed");
        writeln!(self.text, "\n{heading}\n\n{} Name what is not so with --gap.\n", words::ASSUMED)?;
        let names: Vec<String> =
            self.sheet.roadmap.assumed.iter().map(|&step| self.sheet.catalog.step_name(step)).collect();
        self.wrapped(&names.join(", "), "", "")?;
        if self.sheet.assumed_choices.is_empty() {
            return Ok(());
        }
        writeln!(self.text)?;
        self.wrapped(words::ASSUMED_CHOICES, "", "")?;
        writeln!(self.text)?;
        self.decisions(self.sheet.assumed_choices)
    }

    fn resource_line(&self, coverage: &Coverage) -> String {
        let resource = self.sheet.resource(coverage);
        let section = coverage.section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
        format!("{}{section} ({} h, {})", credit(resource), hours(coverage.hours), price(resource.price))
    }

    fn strong(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1;36m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A line of a list's item, continued on its own line.
    fn paragraph(&mut self, text: &str) -> fmt::Result {
        self.wrapped(text, "   ", "   ")
    }

    fn item(&mut self, text: &str) -> fmt::Result {
        self.wrapped(text, "- ", "  ")
    }

    fn wrapped(&mut self, text: &str, first: &str, next: &str) -> fmt::Result {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                writeln!(self.text, "{line}")?;
                next.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        writeln!(self.text, "{line}")
    }
}
