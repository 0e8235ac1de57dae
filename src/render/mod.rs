//! Roadmaps for people and for their programs: pure functions from a roadmap to text.

mod csv;
mod dot;
mod icalendar;
mod json;
mod markdown;
mod mermaid;
mod sheet;
mod svg;
pub mod terminal;
mod words;

pub use icalendar::{Event, calendar};
pub use sheet::Sheet;

/// A form that a roadmap can be taken away in.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To read and to tick off, where Markdown is read (CommonMark with task lists).
    Markdown,
    /// A flowchart by mermaid.
    Mermaid,
    /// A graph by Graphviz.
    Dot,
    /// A drawing.
    Svg,
    /// A calendar (RFC 5545), one event a step.
    #[value(name = "icalendar")]
    ICalendar,
    /// Everything, for programs.
    Json,
    /// One row a step (RFC 4180), for spreadsheets.
    Csv,
}

impl Format {
    /// Whether it tells what was decided between alternatives, which costs a search for each.
    pub fn tells_choices(self) -> bool {
        matches!(self, Self::Markdown | Self::Json)
    }
}

/// A roadmap in a format.
pub fn render(format: Format, sheet: &Sheet<'_>) -> String {
    match format {
        Format::Markdown => markdown::render(sheet),
        Format::Mermaid => mermaid::render(sheet),
        Format::Dot => dot::render(sheet),
        Format::Svg => svg::render(sheet),
        Format::ICalendar => icalendar::render(sheet),
        Format::Json => json::render(sheet),
        Format::Csv => csv::render(sheet),
    }
}
