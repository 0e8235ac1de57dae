//! A roadmap to read in a terminal. It is Markdown too, so that it can be kept in a file.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use waymark_planner::catalog::Coverage;
use waymark_planner::ids::StepId;
use waymark_planner::{Choice, Milestone, Need, PlannedStep};

use super::sheet::{Sheet, credit, date, hours, price};

/// Columns of text.
const WIDTH: usize = 100;

/// The roadmap as text; with colours where asked for.
pub fn render(sheet: &Sheet<'_>, colour: bool) -> String {
    let mut page = Page { sheet, coverage: sheet.coverage(), colour, text: String::new() };
    // Writing to a string does not fail.
    let _ = page.write();
    page.text
}

struct Page<'a> {
    sheet: &'a Sheet<'a>,
    coverage: HashMap<StepId, &'a Coverage>,
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
        let roadmap = self.sheet.roadmap;
        let heading = format!("# {}", self.sheet.title());
        let heading = self.strong(&heading);
        writeln!(self.text, "{heading}\n")?;
        if roadmap.steps.is_empty() {
            return writeln!(self.text, "There is nothing to learn: you are there.");
        }
        let schedule = &roadmap.schedule;
        writeln!(
            self.text,
            "**{} steps, {} hours. At {} hours a week: {} to {}.** {}",
            roadmap.steps.len(),
            hours(roadmap.hours),
            hours(roadmap.request.pace.hours_per_week),
            date(schedule.starts_on),
            date(schedule.finishes_on),
            if roadmap.is_proven_minimal() {
                "Proven: no other set of steps gets there in fewer hours.".to_owned()
            } else {
                format!("No set of steps gets there in fewer than {} hours.", hours(roadmap.lower_bound))
            }
        )?;
        self.deadline()
    }

    fn deadline(&mut self) -> fmt::Result {
        let schedule = &self.sheet.roadmap.schedule;
        let Some(last) = self.sheet.roadmap.request.pace.finish_by else { return Ok(()) };
        if schedule.fits {
            return writeln!(self.text, "All of it fits by {}.", date(last));
        }
        let needed = schedule
            .needed_hours_per_week
            .map_or("There is no day to learn on until then.".to_owned(), |needed| {
                format!("It would take {:.1} hours a week.", needed.as_f64())
            });
        let deferred = self.sheet.roadmap.steps.iter().filter(|planned| planned.deferred).count();
        writeln!(
            self.text,
            "Not all of it fits by {}. {needed} What matters most and fits is kept; {deferred} steps are marked \"later\".",
            date(last)
        )
    }

    fn milestone(&mut self, index: usize, milestone: &Milestone) -> fmt::Result {
        let title = self.sheet.milestone_title(milestone);
        let heading = self.strong(&format!("## {}. {title}", index + 1));
        writeln!(
            self.text,
            "\n{heading}\n\n{} hours, {} to {}.\n",
            hours(milestone.hours),
            date(milestone.starts_on),
            date(milestone.arrives_on)
        )?;
        for position in milestone.steps.clone() {
            self.step(position)?;
        }
        Ok(())
    }

    fn step(&mut self, position: usize) -> fmt::Result {
        let planned = &self.sheet.roadmap.steps[position];
        let step = &self.sheet.catalog.steps()[planned.step];
        let name = self.strong(&self.sheet.step_title(planned.step));
        let marks = [(planned.is_critical(), "critical"), (planned.deferred, "later")];
        let marks =
            marks.iter().filter(|(set, _)| *set).fold(String::new(), |all, (_, mark)| all + ", " + mark);
        let when = if planned.starts_on == planned.finishes_on {
            date(planned.starts_on)
        } else {
            format!("{} to {}", date(planned.starts_on), date(planned.finishes_on))
        };
        writeln!(self.text, "{}. **{name}** ({} h, {when}{marks})", position + 1, hours(step.hours))?;
        self.paragraph(&step.outcome)?;
        self.paragraph(&format!("*Why:* {}", self.why(position, planned)))?;
        match self.coverage.get(&planned.step).copied() {
            Some(coverage) => self.paragraph(&self.resource_line(coverage)),
            None => self.paragraph("*With:* nothing in the catalogue within your wishes covers it"),
        }
    }

    /// The requirement that it meets, or the ends that it is a means to.
    fn why(&self, position: usize, planned: &PlannedStep) -> String {
        let role = |need: &Need| match need {
            Need::Role(role, _) => format!("required for {}", self.sheet.catalog.roles()[*role].title),
            Need::Goal(_) => "a goal of yours".to_owned(),
        };
        if let Some(need) = planned.serves.first() {
            return format!("{}, weight {}", role(need), planned.weight);
        }
        let mut ends: Vec<(usize, usize)> = self
            .sheet
            .roadmap
            .reasons(position)
            .iter()
            .filter_map(|reason| Some((reason.chain.len(), *reason.chain.last()?)))
            .collect();
        ends.sort_unstable();
        ends.dedup_by_key(|(_, end)| *end);
        let names: Vec<String> = ends
            .iter()
            .take(3)
            .map(|&(_, end)| self.sheet.step_title(self.sheet.roadmap.steps[end].step))
            .collect();
        let more = ends.len().saturating_sub(names.len());
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("leads to {}{rest}", names.join(", "))
    }

    fn choices(&mut self, choices: &[Choice]) -> fmt::Result {
        if choices.is_empty() {
            return Ok(());
        }
        let heading = self.strong("## Choices");
        writeln!(
            self.text,
            "\n{heading}\n\nWhat was taken, and how many hours more the whole roadmap would have with another.\n"
        )?;
        for choice in choices {
            let others = choice.alternatives.iter().filter(|(step, _)| *step != choice.taken);
            let (possible, barred): (Vec<_>, Vec<_>) = others.partition(|(_, extra)| extra.is_some());
            let mut said: Vec<String> = possible
                .iter()
                .filter_map(|(step, extra)| {
                    Some(format!("{} +{}", self.sheet.step_title(*step), hours((*extra)?)))
                })
                .collect();
            if !barred.is_empty() {
                let names: Vec<String> =
                    barred.iter().map(|(step, _)| self.sheet.step_title(*step)).collect();
                said.push(format!("not with your wishes: {}", names.join(", ")));
            }
            let taken = self.strong(&self.sheet.step_title(choice.taken));
            self.item(&format!("**{taken}**; {}", said.join("; ")))?;
        }
        Ok(())
    }

    fn resource_list(&mut self) -> fmt::Result {
        let plan = self.sheet.resources;
        if plan.picks.is_empty() {
            return Ok(());
        }
        let heading = self.strong("## Resources");
        let proof = if plan.is_proven_minimal() { ", proven the least burden" } else { "" };
        writeln!(
            self.text,
            "\n{heading}\n\n{} resources for {} hours, {} in all{proof}.\n",
            plan.picks.len(),
            hours(plan.hours),
            price(plan.price)
        )?;
        for (id, covers) in &plan.picks {
            let resource = &self.sheet.catalog.resources()[*id];
            let covered =
                if covers.len() == 1 { "1 step".to_owned() } else { format!("{} steps", covers.len()) };
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
        writeln!(
            self.text,
            "\n{heading}\n\nTaken as known because of your role. Name what is not so with --gap.\n"
        )?;
        let names: Vec<String> =
            self.sheet.roadmap.assumed.iter().map(|&step| self.sheet.catalog.step_name(step)).collect();
        self.wrapped(&names.join(", "), "", "")
    }

    fn resource_line(&self, coverage: &Coverage) -> String {
        let resource = self.sheet.resource(coverage);
        let section = coverage.section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
        format!(
            "*With:* {}{section} ({} h, {})",
            credit(resource),
            hours(coverage.hours),
            price(resource.price)
        )
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
