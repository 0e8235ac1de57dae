//! The closed sets.

use async_graphql::Enum;
use waymark_planner::units;

use crate::render;

/// A level of proficiency in a topic. Whoever holds a level of a topic holds every lower level that it defines.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[graphql(remote = "units::Proficiency")]
pub enum Proficiency {
    /// Can explain what it is, and recognises where it helps.
    Aware,
    /// Uses it day to day, with help in hard cases.
    Working,
    /// Handles hard cases alone, and teaches others.
    Proficient,
    /// Sets the direction for others, and knows the internals.
    Expert,
}

/// What a resource is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[graphql(remote = "units::ResourceKind")]
pub enum ResourceKind {
    /// A book, printed or electronic.
    Book,
    /// A course with lessons in a fixed order.
    Course,
    /// A guided introduction that one works along with.
    Tutorial,
    /// The official documentation.
    Documentation,
    /// An article or a longer essay.
    Article,
    /// A scientific paper.
    Paper,
    /// A standard or another normative text.
    Specification,
    /// A video.
    Video,
    /// A recorded talk.
    Talk,
    /// Something to build.
    Project,
    /// Exercises with solutions or feedback.
    Exercise,
}

/// A form that a roadmap can be taken away in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "render::Format")]
pub enum RoadmapFormat {
    /// Text to read and to tick off: CommonMark with task lists.
    Markdown,
    /// A flowchart in mermaid's language.
    Mermaid,
    /// A graph in Graphviz's language.
    Dot,
    /// A drawing: milestones as columns, dependencies as curves; legible on light and on dark.
    Svg,
    /// A calendar of RFC 5545 with one event for each step; importing it again updates the events.
    #[graphql(name = "ICALENDAR")]
    ICalendar,
    /// Everything that the roadmap knows, for programs.
    Json,
    /// One row for each step, by RFC 4180, for spreadsheets.
    Csv,
}
