//! A drawing: milestones as columns of cards, dependencies as curves below them, the critical chain marked.
//!
//! Colours stand as attributes, which every reader knows, and are replaced by the style sheet where a reader prefers a dark page.

mod layout;
mod text;

use std::fmt::{self, Write as _};

use layout::{Box, GUTTER, Layout, MARGIN, number};
use text::{escape, fitted};

use super::Sheet;
use super::sheet::{date, hours};
use super::words;

const STYLE: &str = include_str!("style.css");

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let mut drawing = Drawing { sheet, layout: Layout::new(sheet.roadmap), svg: String::new() };
    // Writing to a string does not fail.
    let _ = drawing.draw();
    drawing.svg
}

struct Drawing<'a> {
    sheet: &'a Sheet<'a>,
    layout: Layout,
    svg: String,
}

impl Drawing<'_> {
    fn draw(&mut self) -> fmt::Result {
        let (width, height) = (self.layout.width, self.layout.height);
        let title = escape(&self.sheet.title());
        writeln!(
            self.svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-labelledby="title desc">"#
        )?;
        writeln!(self.svg, "<title id=\"title\">{title}</title>")?;
        let said = escape(&self.said());
        writeln!(self.svg, "<desc id=\"desc\">{said}</desc>\n<style>\n{STYLE}</style>")?;
        writeln!(self.svg, r##"<rect class="page" width="100%" height="100%" fill="#ffffff"/>"##)?;
        let room = width - 2.0 * MARGIN;
        self.line("name", (MARGIN, 46.0), 24.0, true, &fitted(&self.sheet.title(), 24.0, room))?;
        self.line("fact", (MARGIN, 72.0), 14.0, false, &fitted(&self.said(), 14.0, room))?;
        for index in 0..self.layout.bands.len() {
            self.band(index)?;
        }
        self.edges()?;
        for position in 0..self.layout.cards.len() {
            self.card(position)?;
        }
        if !self.layout.cards.is_empty() {
            self.legend()?;
        }
        writeln!(self.svg, "</svg>")
    }

    fn said(&self) -> String {
        if self.sheet.roadmap.steps.is_empty() {
            return words::NOTHING_TO_LEARN.to_owned();
        }
        let deadline = words::deadline(self.sheet).map(|said| format!(" {said}")).unwrap_or_default();
        format!("{} {}{deadline}", words::summary(self.sheet), words::proof(self.sheet))
    }

    fn band(&mut self, index: usize) -> fmt::Result {
        let Box { x, y, width, height } = self.layout.bands[index];
        let milestone = &self.sheet.roadmap.milestones[index];
        writeln!(
            self.svg,
            r##"<rect class="band" x="{x:.0}" y="{y:.0}" width="{width:.0}" height="{height:.0}" rx="14" fill="#f1f4f9"/>"##
        )?;
        let room = width - GUTTER;
        let title = fitted(self.sheet.milestone_title(milestone), 17.0, room);
        self.line("name", (x + GUTTER * 0.75, y + 30.0), 17.0, true, &title)?;
        let when = words::period(milestone.starts_on, milestone.arrives_on);
        let facts = fitted(&format!("{} h · {when}", hours(milestone.hours)), 12.5, room);
        self.line("fact", (x + GUTTER * 0.75, y + 50.0), 12.5, false, &facts)
    }

    /// The curves of the critical chain lie above the others, and all of them below the cards.
    fn edges(&mut self) -> fmt::Result {
        let steps = &self.sheet.roadmap.steps;
        let mut edges: Vec<(bool, usize, usize)> = Vec::new();
        for (position, planned) in steps.iter().enumerate() {
            let critical = |needed: usize| planned.is_critical() && steps[needed].is_critical();
            edges.extend(planned.needs.iter().map(|&needed| (critical(needed), needed, position)));
        }
        edges.sort_unstable();
        for (critical, from, to) in edges {
            let curve = self.layout.curve(from, to);
            let (class, colour, width) =
                if critical { ("critical-edge", "#c2410c", 2.5) } else { ("edge", "#9aa5b8", 1.3) };
            writeln!(
                self.svg,
                r#"<path class="{class}" d="{curve}" fill="none" stroke="{colour}" stroke-width="{width}"/>"#
            )?;
        }
        Ok(())
    }

    fn card(&mut self, position: usize) -> fmt::Result {
        let planned = &self.sheet.roadmap.steps[position];
        let step = &self.sheet.catalog.steps()[planned.step];
        let Box { x, y, width, .. } = self.layout.cards[position];
        let name = self.sheet.step_title(planned.step);
        writeln!(self.svg, "<g>\n<title>{}</title>", escape(&format!("{name}: {}", step.outcome)))?;
        self.frame(self.layout.cards[position], planned.is_critical(), planned.deferred)?;
        let badge = if planned.weight > 0 { 26.0 } else { 0.0 };
        let topic = &self.sheet.catalog.topics()[step.topic].title;
        let title = fitted(topic, 14.0, width - 24.0 - badge);
        self.line("name", (x + 12.0, y + 23.0), 14.0, true, &title)?;
        let level = step.level.name().to_lowercase();
        self.line("fact", (x + 12.0, y + 41.0), 12.0, false, &format!("{level} · {} h", hours(step.hours)))?;
        let later = if planned.deferred { " · later" } else { "" };
        let when = format!("{}{later}", words::period(planned.starts_on, planned.finishes_on));
        self.line("fact", (x + 12.0, y + 57.0), 12.0, false, &when)?;
        if planned.weight > 0 {
            self.badge(x + width - 19.0, y + 19.0, planned.weight)?;
        }
        writeln!(self.svg, "</g>")
    }

    fn frame(&mut self, place: Box, critical: bool, deferred: bool) -> fmt::Result {
        let Box { x, y, width, height } = place;
        let (class, colour, thick) =
            if critical { ("card critical-card", "#c2410c", 2.5) } else { ("card", "#b6c0d0", 1.2) };
        let dashes = if deferred { r#" stroke-dasharray="6 4""# } else { "" };
        writeln!(
            self.svg,
            r##"<rect class="{class}" x="{x:.0}" y="{y:.0}" width="{width:.0}" height="{height:.0}" rx="9" fill="#ffffff" stroke="{colour}" stroke-width="{thick}"{dashes}/>"##
        )
    }

    fn badge(&mut self, x: f64, y: f64, weight: u32) -> fmt::Result {
        writeln!(self.svg, r##"<circle class="badge" cx="{x:.0}" cy="{y:.0}" r="11" fill="#1d4ed8"/>"##)?;
        writeln!(
            self.svg,
            r##"<text class="weight" x="{x:.0}" y="{:.0}" font-family="sans-serif" font-size="12" font-weight="600" text-anchor="middle" fill="#ffffff">{weight}</text>"##,
            y + 4.0
        )
    }

    fn legend(&mut self) -> fmt::Result {
        let y = self.layout.height - 36.0;
        let sample = |index: usize| Box { x: MARGIN + number(index) * 226.0, y, width: 30.0, height: 18.0 };
        self.frame(sample(0), true, false)?;
        self.line("fact", (sample(0).x + 40.0, y + 14.0), 13.0, false, "longest chain of hours")?;
        self.badge(sample(1).x + 15.0, y + 9.0, 3)?;
        self.line("fact", (sample(1).x + 40.0, y + 14.0), 13.0, false, "weight of what it is for")?;
        if self.sheet.roadmap.steps.iter().any(|planned| planned.deferred) {
            self.frame(sample(2), false, true)?;
            self.line("fact", (sample(2).x + 40.0, y + 14.0), 13.0, false, "later than the last day")?;
        } else {
            let until = format!("there on {}", date(self.sheet.roadmap.schedule.finishes_on));
            self.line("fact", (sample(2).x, y + 14.0), 13.0, false, &until)?;
        }
        Ok(())
    }

    fn line(&mut self, class: &str, at: (f64, f64), size: f64, bold: bool, text: &str) -> fmt::Result {
        let colour = if class == "name" { "#18202f" } else { "#4c576b" };
        let weight = if bold { r#" font-weight="600""# } else { "" };
        writeln!(
            self.svg,
            r#"<text class="{class}" x="{:.0}" y="{:.0}" font-family="sans-serif" font-size="{size}"{weight} fill="{colour}">{}</text>"#,
            at.0,
            at.1,
            escape(text)
        )
    }
}
